import type { WriteOperation } from "../../runtime/server/plan.ts";
import type { Body } from "../ir/operation.ts";
import type { Table } from "../ir/table.ts";
import { planAggregate } from "./aggregate.ts";
import { plainWords } from "./guard.ts";
import { planGet, planList, planPage } from "./read.ts";
import { type Style, unnamed, writeScope } from "./scope.ts";
import { planUpsert } from "./upsert.ts";
import { planDelete, planInsert, planUpdate } from "./write.ts";
import { type RowsWrite, writeGuards } from "./writeGuards.ts";

/** What one statement does. */
export type SqlBody = Exclude<Body, { kind: "steps" | "sql" | "handler" }>;

export interface PlanContext extends Style {
  /** all tables, to know the foreign keys that lead to one */
  readonly tables: ReadonlyMap<string, Table>;
}

/** The statements of an operation's body. */
export function planBody(body: SqlBody, { tables, ...style }: PlanContext) {
  switch (body.kind) {
    case "get":
      return planGet(body, style);
    case "list":
      return planList(body, style);
    case "page":
      return planPage(body, style);
    case "aggregate":
      return planAggregate(body, style);
    case "insert":
      return { ...planInsert(body, style), ...guarded(body, style) };
    case "update":
      return { ...planUpdate(body, tables, style), ...guarded(body, style) };
    case "upsert":
      return { ...planUpsert(body, tables, style), ...guarded(body, style) };
    case "delete":
      return { ...planDelete(body, tables, style), ...guarded(body, style) };
  }
}

function guarded(body: RowsWrite, style: Style): Pick<WriteOperation, "before"> {
  const before = writeGuards(body, writeScope(body.table, unnamed(style)), plainWords);
  return before.length === 0 ? {} : { before };
}
