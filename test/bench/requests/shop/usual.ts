/*
 * The usual: the same answers from Hono, Zod and Drizzle. D1 has no transaction that a Worker could ask within, so an order is what people make
 * of it, and takes three round trips: see what is in stock; insert the order and take its id from the answer; then, in one batch, its lines
 * and what is left in stock. What is sold in between is refused by the table's own check, and the order removed again.
 */
import { eq, inArray, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { Hono } from "hono";
import { z } from "zod";
import * as schema from "./schema.ts";

// biome-ignore lint/suspicious/noExplicitAny: the binding's type is the platform's
const app = new Hono<{ Bindings: { DB: any } }>();

const { orders, orderLines, stock } = schema;

const buyArguments = z.strictObject({
  number: z.number().int(),
  buyer: z.string(),
  lines: z
    .array(
      z.strictObject({
        sku: z.string().max(20),
        quantity: z.number().int().min(1),
        price: z.string().regex(/^\d{1,12}(\.\d{1,2})?$/),
      }),
    )
    .min(1),
});

app.post("/mutations/orders/buy", async (c) => {
  const args = buyArguments.safeParse(await c.req.json());
  if (!args.success) return c.json({ error: { code: "invalid_arguments" } }, 400);
  const { number, buyer, lines } = args.data;
  const db = drizzle(c.env.DB, { schema });

  const found = await db
    .select({ sku: stock.sku, quantity: stock.quantity })
    .from(stock)
    .where(
      inArray(
        stock.sku,
        lines.map((line) => line.sku),
      ),
    );
  const left = new Map(found.map((row) => [row.sku, row.quantity]));
  for (const { sku, quantity } of lines) {
    const before = left.get(sku);
    if (before === undefined) return c.json({ error: { code: "foreign_key_violation" } }, 409);
    if (before < quantity) return c.json({ error: { code: "out_of_stock" } }, 422);
    left.set(sku, before - quantity);
  }

  const [order] = await db
    .insert(orders)
    .values({ number, buyer })
    .returning({ id: orders.id, createdAt: orders.createdAt });
  try {
    await db.batch([
      db.insert(orderLines).values(
        lines.map(({ sku, quantity, price }) => ({
          orderId: order!.id,
          sku,
          quantity,
          price: Math.round(Number(price) * 100),
        })),
      ),
      ...lines.map(({ sku, quantity }) =>
        db
          .update(stock)
          .set({ quantity: sql`${stock.quantity} - ${quantity}`, reserved: sql`${stock.reserved} + ${quantity}` })
          .where(eq(stock.sku, sku)),
      ),
    ]);
  } catch {
    await db.delete(orders).where(eq(orders.id, order!.id));
    return c.json({ error: { code: "out_of_stock" } }, 422);
  }
  return c.json({ order });
});

export default app;
