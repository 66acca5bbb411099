import type { Handler } from "../generated/operations.js";

export const server: Handler<"class/again"> = () => "clashing server";
export const routes: Handler<"class/routes"> = () => "routes";
export const operations: Handler<"class/operations"> = () => "operations";
export const schema: Handler<"class/schema"> = () => "schema";
export const drizzle: Handler<"class/drizzle"> = () => "drizzle";
export const createServer: Handler<"class/createServer"> = () => "createServer";

const remove: Handler<"class/delete"> = () => "delete";

export { remove as delete };

export const errors: Handler<"class/errors"> = (ctx, { code }) => {
  throw ctx.error(code as "then");
};

export const tables: Handler<"class/tables"> = async ({ db }) => {
  const lists = [
    db.select.list(),
    db.table.list({ where: { key: { ne: "'" }, select: { none: { from: '"' } } } }),
    db.constructor.list({ with: { toString: true, typeof: { select: ["toJSON"] } } }),
    db.relations.list(),
    db.app.list({ orderBy: ["-cursor"] }),
    db.string.list(),
    db.types.list(),
    db.t0.list({ where: { value: { in: ["value"] }, row: { key: null } } }),
    db.ab.list(),
    db.aB.list(),
    db.legacy.list({ where: { name: { contains: "%", caseSensitive: false } }, with: { children: true } }),
  ];
  return (await Promise.all(lists)).map(({ length }) => length);
};
