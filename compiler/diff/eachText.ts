import { type Each, listPath } from "../ir/items.ts";
import type { Table } from "../ir/table.ts";
import { conditionText, type Naming } from "./conditionText.ts";

/** How tables are called, too. */
export type TableNaming = (thing: Table | Parameters<Naming>[0]) => string;

/** What something is done for. */
export function eachText(each: Each, name: TableNaming): string {
  if (each.kind === "argument") return `$args.${listPath(each)}`;
  return `row of ${name(each.table)}${each.where ? ` (${conditionText(each.where, name)})` : ""}`;
}
