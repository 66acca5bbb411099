import type { Body, BodyKind, Operation } from "../ir/operation.ts";
import type { Table } from "../ir/table.ts";
import { aggregateChanges } from "./aggregates.ts";
import { type Change, change, inNew } from "./change.ts";
import type { Comparison } from "./comparison.ts";
import { nestedChanges, rowChanges } from "./rows.ts";
import { writeChanges } from "./writes.ts";

type BodyOf<K extends BodyKind> = Extract<Body, { kind: K }>;

/** A body that is about the rows of a table. */
type DataBody = Exclude<Body, BodyOf<"handler" | "sql" | "steps">>;

export const isData = (body: Body): body is DataBody =>
  body.kind !== "handler" && body.kind !== "sql" && body.kind !== "steps";

/** Of two tables nothing more can be compared. */
export function dataChanges(before: DataBody, after: DataBody, of: Comparison): readonly Change[] {
  const { name } = of.after;
  const [from, to] = [tableOf(before), tableOf(after)];
  if (!of.matching.isSame(from, to))
    return [change("operation/table", name, inNew(of.after), [name, from.name, to.name])];
  return [
    ...(isNew(before) || isNew(after) ? [] : rowChanges(before, after, name, of)),
    ...(isRead(before) && isRead(after) ? nestedChanges(before.selection, after.selection, name, of) : []),
    ...(before.kind === "aggregate" && after.kind === "aggregate" ? aggregateChanges(before, after, of) : []),
    ...(before.kind === "list" && after.kind === "list" ? distinctChange(before, after, of.after) : []),
    ...(before.kind === "page" && after.kind === "page" ? sizeChanges(before, after, of.after) : []),
    ...(isWrite(before) && isWrite(after) ? writeChanges(before, after, of) : []),
  ];
}

/** Whether it is about one row that it makes. */
const isNew = (body: DataBody): body is BodyOf<"insert" | "upsert"> => body.kind === "insert" || body.kind === "upsert";
const isRead = (body: DataBody): body is BodyOf<"get" | "list" | "page"> => "selection" in body && !("table" in body);
const isWrite = (body: DataBody): body is BodyOf<"insert" | "upsert" | "update" | "delete"> =>
  "assignments" in body || body.kind === "delete";
const tableOf = (body: DataBody): Table => ("table" in body ? body.table : body.selection.table);

function distinctChange(before: BodyOf<"list">, after: BodyOf<"list">, operation: Operation): Change[] {
  if (before.distinct === after.distinct) return [];
  return [change("operation/distinct", operation.name, inNew(operation), [operation.name, after.distinct])];
}

function sizeChanges(
  { size: before }: BodyOf<"page">,
  { size: after }: BodyOf<"page">,
  operation: Operation,
): Change[] {
  const { name } = operation;
  const at = inNew(operation);
  const code = before.max > after.max ? "page/max-size-lowered" : "page/max-size-raised";
  return [
    ...(before.default === after.default
      ? []
      : [change("page/default-size", name, at, [name, before.default, after.default])]),
    ...(before.max === after.max ? [] : [change(code, name, at, [name, before.max, after.max])]),
  ];
}
