/*
 * The limit: an order as a person could write it by hand who cares for nothing but speed. A bare fetch handler and one batch of raw D1, whose
 * tables refuse by themselves what is not in stock (a check) and what is not sold (a foreign key).
 */
import type { D1Database } from "@cloudflare/workers-types";

interface Env {
  DB: D1Database;
}

interface Line {
  sku: string;
  quantity: number;
  price: string;
}

const PRICE = /^\d{1,12}(\.\d{1,2})?$/;

const refuse = (status: number, code: string) => new Response(JSON.stringify({ error: { code } }), { status });

function isLine(line: unknown): line is Line {
  if (typeof line !== "object" || line === null) return false;
  const { sku, quantity, price } = line as Record<string, unknown>;
  if (typeof sku !== "string" || sku.length > 20) return false;
  return Number.isSafeInteger(quantity) && (quantity as number) >= 1 && typeof price === "string" && PRICE.test(price);
}

async function buy(env: Env, { number, buyer, lines }: Record<string, unknown>) {
  if (!Number.isSafeInteger(number) || typeof buyer !== "string") return refuse(400, "invalid_arguments");
  if (!Array.isArray(lines) || lines.length === 0 || lines.length > 20 || !lines.every(isLine))
    return refuse(400, "invalid_arguments");
  const id = crypto.randomUUID();
  const createdAt = Date.now();
  const values: unknown[] = [];
  for (const { sku, quantity, price } of lines) values.push(id, sku, quantity, Math.round(Number(price) * 100));
  try {
    await env.DB.batch([
      env.DB.prepare("INSERT INTO orders (id, number, buyer, created_at) VALUES (?, ?, ?, ?)").bind(
        id,
        number,
        buyer,
        createdAt,
      ),
      env.DB.prepare(
        `INSERT INTO order_lines (order_id, sku, quantity, price) VALUES ${lines.map(() => "(?, ?, ?, ?)").join(", ")}`,
      ).bind(...values),
      ...lines.map(({ sku, quantity }) =>
        env.DB.prepare("UPDATE stock SET quantity = quantity - ?1, reserved = reserved + ?1 WHERE sku = ?2").bind(
          quantity,
          sku,
        ),
      ),
    ]);
  } catch (error) {
    const { message } = error as Error;
    if (message.includes("stock.quantity")) return refuse(422, "out_of_stock");
    if (message.includes("FOREIGN KEY")) return refuse(409, "foreign_key_violation");
    throw error;
  }
  return new Response(JSON.stringify({ order: { id, createdAt: new Date(createdAt).toISOString() } }), {
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  });
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (request.method === "POST" && pathname === "/mutations/orders/buy") return buy(env, await request.json());
    return new Response("not found", { status: 404 });
  },
};
