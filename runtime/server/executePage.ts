import { type ToSql, toSql } from "../wire/toSql.ts";
import type { Executor } from "./call.ts";
import { callIdentity, readCursor, writeCursor } from "./cursor.ts";
import type { Row } from "./database.ts";
import type { PageOperation } from "./plan.ts";
import { list, rowTextOf } from "./rows.ts";
import { statement } from "./statement.ts";

/** A page made ready to run: its rows, and the cursor that leads on from the last of them. */
export function executePage(operation: PageOperation): Executor {
  const build = statement(operation.sql, operation.args);
  const rowText = rowTextOf(operation.hex);
  const valuesOf = orderValues(operation);
  const order = JSON.stringify(operation.order);
  return async (call) => {
    const size = call.size ?? operation.size.default;
    const identity = order + (call.identity ?? callIdentity(operation.name, operation.args, call.args));
    const context =
      call.position === undefined ? { ...call, size } : { ...call, size, cursor: readCursor(identity, call.position) };
    const rows = await call.database.run(build(context));
    const more = rows.length > size;
    const next = more ? JSON.stringify(writeCursor(identity, valuesOf(rows[size - 1]!))) : "null";
    return `{"rows":${list(rows, more ? size : rows.length, rowText)},"nextCursor":${next},"hasMore":${more}}`;
  };
}

/** The values of a page's order in SQL form, as the JSON array that a cursor holds. */
function orderValues({ cursor }: PageOperation): (row: Row) => string {
  if (cursor === undefined) return (row) => row.cursor!;
  const columns = Object.entries(cursor).map(([column, shape]): [string, ToSql] => [column, toSql(shape)]);
  return ({ row }) => {
    const values = JSON.parse(row) as { readonly [column: string]: unknown };
    return JSON.stringify(columns.map(([column, convert]) => convert(values[column])));
  };
}
