import { eq, gt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { sqliteTable } from "drizzle-orm/sqlite-core";
import { expect, expectTypeOf, test } from "vitest";
import { bigint, bytes, decimal, uuid } from "../../runtime/drizzle/main.ts";
import { fakeD1 } from "./sqlite.ts";

const things = sqliteTable("things", {
  count: bigint("count").primaryKey(),
  price: decimal("price", { scale: 2 }).notNull(),
  whole: decimal("whole", { scale: 0 }),
  icon: bytes("icon"),
});

test("columns carry bigint, decimals and bytes through D1", async () => {
  const binding = fakeD1(
    "CREATE TABLE things (count INTEGER PRIMARY KEY, price INTEGER NOT NULL, whole INTEGER, icon BLOB) STRICT;",
  );
  const database = drizzle(binding as never);
  const row = { count: 2n ** 40n, price: "-0.05", whole: "7", icon: new Uint8Array([0, 255]) };
  await database.insert(things).values([row, { count: 1n, price: "12.3" }]);
  expectTypeOf<typeof things.$inferSelect>().toEqualTypeOf<{
    count: bigint;
    price: string;
    whole: string | null;
    icon: Uint8Array | null;
  }>();
  expect(
    await database
      .select()
      .from(things)
      .where(eq(things.count, 2n ** 40n)),
  ).toEqual([row]);
  expect(await database.select().from(things).where(gt(things.price, "1.00"))).toEqual([
    { count: 1n, price: "12.30", whole: null, icon: null },
  ]);
  expect(uuid()).toHaveLength(36);
});
