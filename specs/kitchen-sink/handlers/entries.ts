import { count as countOf } from "drizzle-orm";
import type { Handler } from "../generated/operations.js";
import { entries } from "../generated/schema.js";

/** What JavaScript calls a value. */
function kind(value: unknown): string {
  if (value instanceof Date) return "Date";
  if (value instanceof Uint8Array) return "Uint8Array";
  return value === null ? "null" : typeof value;
}

export const echo: Handler<"entries/echo"> = (_ctx, args) => ({
  ...args,
  text: args.text ?? null,
  kinds: [args.text, args.moment, args.big, args.data, args.money, args.limit].map(kind).join(" "),
});

export const search: Handler<"entries/search"> = async (ctx, { title, minimum, limit }) => {
  const rows = await ctx.db.entries.list({
    where: {
      ...(title != null && { title: { contains: title, caseSensitive: false } }),
      ...(minimum != null && { amount: { gte: minimum } }),
    },
    select: ["id", "title", "amount"],
    with: { children: { select: ["title"], orderBy: ["title"] } },
    orderBy: ["id"],
    limit,
  });
  return rows.map(({ children, ...row }) => ({ ...row, children: children.map((child) => child.title) }));
};

export const sums: Handler<"entries/sums"> = async (ctx, { least }) => {
  const { total, amount, big } = await ctx.db.entries.aggregate({
    select: { total: { count: "all" }, amount: { sum: "amount" }, big: { max: "big", where: { amount: { lt: "1" } } } },
    where: { amount: { gte: least } },
  });
  const parents = await ctx.db.entries.list({
    select: ["id"],
    where: { childrenAggregate: { total: { gte: 0 } } },
    with: { children: { aggregate: { total: { count: "all" }, amount: { sum: "amount" } } } },
    orderBy: ["-childrenAggregate.total"],
  });
  const { total: pages } = await ctx.db.entries.page({ total: true, size: 1 });
  return {
    total,
    amount: amount ?? "0.00",
    big,
    parents: parents.map(({ id, childrenAggregate: { total: children, amount } }) => ({ id, children, amount })),
    pages: [pages],
  };
};

export const count: Handler<"entries/count"> = async (ctx) => {
  const [row] = await ctx.drizzle.select({ rows: countOf() }).from(entries);
  return row?.rows ?? 0;
};

export const context: Handler<"entries/context"> = (ctx) => ({
  greeting: ctx.env.GREETING,
  method: ctx.request.method,
  agent: ctx.request.headers.get("user-agent"),
});

const toCents = (amount: string): number => Math.round(Number(amount) * 100);
const fromCents = (cents: number): string => (cents / 100).toFixed(2);

export const transfer: Handler<"entries/transfer"> = async (ctx, { from, to, amount }) => {
  if (from === to) throw ctx.error("same_entry", `Both are entry ${from}.`);
  const [source, target] = await Promise.all([
    ctx.db.entries.get({ where: { id: from }, select: ["amount"] }),
    ctx.db.entries.get({ where: { id: to }, select: ["amount"] }),
  ]);
  if (!source || !target) throw ctx.error("not_found");
  const rest = toCents(source.amount) - toCents(amount);
  if (rest < 0) throw ctx.error("insufficient_funds");
  const sum = toCents(target.amount) + toCents(amount);
  const paid = await ctx.db.entries.update({ where: { id: from }, set: { amount: fromCents(rest) }, expect: "one" });
  const got = await ctx.db.entries.update({ where: { id: to }, set: { amount: fromCents(sum) }, expect: "one" });
  return { from: paid.amount, to: got.amount };
};

export const remove: Handler<"entries/remove"> = async (ctx, { id }) => {
  const removed = await ctx.db.entries.delete({ where: { id }, expect: "one", returns: ["title"] });
  const left = await ctx.run("entries/count");
  return `removed ${removed.title}, ${left} left`;
};

export const seed: Handler<"entries/seed"> = async (ctx, { count }) => {
  for (let index = 1; index <= count; index += 1) {
    await ctx.db.entries.insert({ values: { title: `seeded ${index}`, at: ctx.now, big: BigInt(index) } });
  }
  return null;
};

export const fail: Handler<"entries/fail"> = async (ctx, { how }) => {
  switch (how) {
    case "throw":
      throw new Error("a secret that nobody may see");
    case "sql":
      await ctx.drizzle.run("SELECT * FROM there_is_no_such_table");
      return "unreachable";
    case "result":
      return 7 as unknown as string;
    case "undeclared":
      throw ctx.error("nobody_declared_this" as "teapot");
    case "options":
      await ctx.db.entries.list({ where: { nope: 1 } as never });
      return "unreachable";
    case "teapot":
      throw ctx.error("teapot");
    case "builtIn":
      throw ctx.error("forbidden");
    case "run":
      await ctx.run("entries/create", { title: "" });
      return "unreachable";
    case "caught":
      return ctx.run("entries/create", { title: "" }).then(
        () => "entries/create went through",
        (error: { code?: string }) => `entries/create refused: ${error.code}`,
      );
    default:
      return "ok";
  }
};

export const walk: Handler<"entries/walk"> = async (ctx, { size }) => {
  const pages: number[][] = [];
  let cursor: string | null = null;
  do {
    const page: { rows: { id: number }[]; nextCursor: string | null } = await ctx.db.entries.page({
      select: ["id"],
      orderBy: [{ column: "at", nulls: "last" }, "-id"],
      size,
      cursor,
    });
    pages.push(page.rows.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return pages;
};

export const bump: Handler<"entries/bump"> = (ctx, { by, at, data, atLeast }) =>
  ctx.db.entries.update({
    where: { any: [{ big: { gt: 0n } }, { data: { isNull: false } }, { children: { some: { id: { gt: 0 } } } }] },
    set: { big: { increment: by }, at, data },
    expect: { min: atLeast },
    returns: ["id", "big", "at", "data"],
  });
