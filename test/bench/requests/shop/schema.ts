/* The tables of the shop's orders as a person would write them down for Drizzle. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const orders = sqliteTable("orders", {
  id: text("id")
    .primaryKey()
    .$defaultFn(() => crypto.randomUUID()),
  number: integer("number").notNull().unique(),
  buyer: text("buyer").notNull(),
  createdAt: integer("created_at", { mode: "timestamp_ms" })
    .notNull()
    .$defaultFn(() => new Date()),
});

export const stock = sqliteTable("stock", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  sku: text("sku").notNull().unique(),
  quantity: integer("quantity").notNull(),
  reserved: integer("reserved").notNull(),
});

export const orderLines = sqliteTable("order_lines", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  quantity: integer("quantity").notNull(),
  /** hundredths */
  price: integer("price").notNull(),
  orderId: text("order_id")
    .notNull()
    .references(() => orders.id),
  sku: text("sku")
    .notNull()
    .references(() => stock.sku),
});
