import type { Handler } from "../generated/operations.js";

/** `ctx.db` sees what the caller may read, `ctx.system` everything. */
export const digest: Handler<"documents/digest"> = async (ctx, { text }) => {
  const own = await ctx.db.documents.list({
    select: ["title", "budget"],
    where: { title: { contains: text, caseSensitive: false } },
    orderBy: ["id"],
  });
  const all = await ctx.system.documents.aggregate({ select: { total: { count: "all" } } });
  return {
    to: ctx.user.name,
    titles: own.map(({ title, budget }) => (budget == null ? title : `${title}: ${budget}`)),
    outOf: all.total,
  };
};
