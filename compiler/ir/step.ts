import type { Step } from "./operation.ts";
import type { Table } from "./table.ts";

/** The table whose rows a step is about; of an aggregate, that of its results. */
export function tableOf({ body }: Step): Table {
  return "selection" in body ? body.selection.table : body.table;
}

/** Whether a step is about one row, which others may speak of. A check is about none. */
export function isSingle({ body, each }: Step): boolean {
  if (each || body.kind === "check") return false;
  return !("single" in body) || body.single;
}

/** Whether the row of a single step may not be there. */
export function mayFindNone({ body }: Step): boolean {
  return body.kind === "get" && !(body.expect && body.expect.minimum > 0);
}
