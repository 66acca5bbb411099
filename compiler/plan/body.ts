import type { Body } from "../ir/operation.ts";
import type { Table } from "../ir/table.ts";
import { planGet, planList, planPage } from "./read.ts";
import type { Constants } from "./scope.ts";
import { planDelete, planInsert, planUpdate } from "./write.ts";

/** What the compiler writes the SQL of; a handler is the author's. */
export type SqlBody = Exclude<Body, { kind: "handler" }>;

export interface PlanContext {
  /** all tables, to know the foreign keys that lead to one */
  readonly tables: ReadonlyMap<string, Table>;
  readonly constants: Constants;
}

/** The statements of an operation's body. */
export function planBody(body: SqlBody, { tables, constants }: PlanContext) {
  switch (body.kind) {
    case "get":
      return planGet(body, constants);
    case "list":
      return planList(body, constants);
    case "page":
      return planPage(body, constants);
    case "insert":
      return planInsert(body, constants);
    case "update":
      return planUpdate(body, tables, constants);
    case "delete":
      return planDelete(body, tables, constants);
  }
}
