import { type Backend, insert, post, rows } from "../backend.ts";

const GOODS = 500;
/** of each of the goods: more than all rounds take */
const PIECES = 1_000_000_000;

const sku = (index: number) => `SKU-${index % GOODS}`;

const order = (number: number, lines: readonly unknown[]) =>
  post("/mutations/orders/buy", { number, buyer: `Buyer ${number % 50}`, lines });

/** A stock of goods, of which orders take some. */
export const shop: Backend = {
  name: "shop",
  cases: async () => [
    {
      name: "order, five rows in three tables",
      own: ["id", "createdAt"],
      call: (i) =>
        order(i + 1, [
          { sku: sku(i), quantity: 1 + (i % 3), price: "9.90" },
          { sku: sku(i * 7 + 1), quantity: 2, price: "0.50" },
        ]),
    },
  ],
  refused: [
    // the second line takes more than there is: the first one's goods are there still, and no order
    {
      call: order(2_000_001, [
        { sku: sku(0), quantity: 1, price: "9.90" },
        { sku: sku(1), quantity: PIECES + 1, price: "0.50" },
      ]),
      status: 422,
    },
    { call: order(2_000_002, [{ sku: "UNKNOWN", quantity: 1, price: "9.90" }]), status: 409 },
    { call: order(2_000_003, [{ sku: sku(0), quantity: 0, price: "9.90" }]), status: 400 },
  ],
  written: [
    "SELECT number, buyer, status, note FROM orders ORDER BY number",
    "SELECT o.number, l.sku, l.quantity, l.price FROM order_lines l JOIN orders o ON o.id = l.order_id ORDER BY o.number, l.sku, l.quantity",
    "SELECT sku, quantity, reserved FROM stock ORDER BY sku",
  ],
  fill: (database) =>
    insert(
      database,
      "stock",
      ["sku", "quantity", "price"],
      rows(GOODS, (i) => [sku(i), PIECES, 50 + (i % 90)]),
    ),
};
