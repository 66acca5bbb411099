import { type ToSql, toSql } from "../wire/toSql.ts";
import type { Executor } from "./call.ts";
import { callIdentity, type Position, readCursor, writeCursor } from "./cursor.ts";
import type { Row } from "./database.ts";
import { invalidArguments } from "./errors.ts";
import type { PageOperation } from "./plan.ts";
import { list, rowTextOf } from "./rows.ts";
import { statement as statementOf } from "./statement.ts";

/** A page made ready to run: its rows, and the cursors that lead on from the last of them and back from the first. */
export function executePage(operation: PageOperation): Executor {
  const forward = statementOf(operation.sql, operation.args);
  const backward = operation.backward === undefined ? undefined : statementOf(operation.backward, operation.args);
  const rowText = rowTextOf(operation.hex);
  const valuesOf = orderValues(operation);
  const order = JSON.stringify(operation.order);
  return async (call) => {
    const size = call.size ?? operation.size.default;
    const identity = order + (call.identity ?? callIdentity(operation.name, operation.args, call.args));
    const from = call.position === undefined ? START : readCursor(identity, call.position);
    const build = from.backward ? backward : forward;
    if (build === undefined)
      throw invalidArguments([{ path: "cursor", message: "leads back, where there is no way back" }]);
    const statement = build({ ...call, size, ...(from.values && { cursor: from.values }) });
    const answer = await call.database.run(operation.cursor ? statement : { ...statement, cursor: true });
    const { found, total } = operation.total ? counted(answer) : { found: answer, total: undefined };
    const more = found.length > size;
    const rows = more ? found.slice(0, size) : found;

    const cursor = (row: Row | undefined, back: boolean) =>
      JSON.stringify(writeCursor(identity, row ? valuesOf(row) : null, back));
    const onward = more ? cursor(rows.at(-1), from.backward) : "null";
    if (backward === undefined) return pageText(list(rows, rows.length, rowText), onward, undefined, total);
    // rows on the side that the call came from may be gone since: then the cursor leads to a page without rows
    const whence = from.values ? cursor(rows[0], !from.backward) : "null";
    return from.backward
      ? pageText(list(rows.toReversed(), rows.length, rowText), whence, onward, total)
      : pageText(list(rows, rows.length, rowText), onward, whence, total);
  };
}

const START: Position = { backward: false };

function pageText(rows: string, next: string, previous?: string, total?: number): string {
  const back = previous === undefined ? "" : `,"previousCursor":${previous}`;
  const count = total === undefined ? "" : `,"total":${total}`;
  return `{"rows":${rows},"nextCursor":${next},"hasMore":${next !== "null"}${back}${count}}`;
}

/** The rows, and how many there are in all, which is the one row that is a number. */
function counted(answer: readonly Row[]): { readonly found: readonly Row[]; readonly total: number } {
  const isTotal = ({ row }: Row): boolean => typeof row === "number";
  return { found: answer.filter((row) => !isTotal(row)), total: Number(answer.find(isTotal)!.row) };
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
