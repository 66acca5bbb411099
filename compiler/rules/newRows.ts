import type { Condition } from "../ir/condition.ts";
import type { Table, Rule as TableRule } from "../ir/table.ts";
import type { Rule } from "./rule.ts";

/** What is said of a row before it is written cannot be that its texts hold some words: the index does not have it yet. */
export const newRows: Rule = ({ tables }, report) => {
  for (const table of tables.values()) {
    for (const rule of rulesOf(table))
      if (searchesRow(rule.condition, table)) report("rule/search", rule.place, [], { at: "key" });
    for (const { write, place } of table.columns.values())
      if (searchesRow(write, table)) report("rule/search", place.at("write"), [], { at: "key" });
  }
};

type Asked = Pick<TableRule, "place"> & { readonly condition: Condition | undefined };

/** The conditions of a table's rules that speak of a row as it will be. */
function rulesOf({ rules }: Table): readonly Asked[] {
  if (!rules) return [];
  const { create, update } = rules;
  return [
    ...[...create.grants, ...create.denials].map(({ when, place }) => ({ condition: when, place })),
    ...[...update.grants, ...update.denials].map(({ then, place }) => ({ condition: then, place })),
  ];
}

/** Whether a condition searches the row that it is said of, and not only rows that this leads to. */
function searchesRow(condition: Condition | undefined, table: Table): boolean {
  switch (condition?.kind) {
    case "search":
      return condition.table === table;
    case "all":
    case "any":
      return condition.of.some((part) => searchesRow(part, table));
    case "not":
      return searchesRow(condition.of, table);
    case "may": {
      const asked = condition.table.rules?.[condition.verb];
      return [...(asked?.grants ?? []), ...(asked?.denials ?? [])].some(({ when }) => searchesRow(when, table));
    }
    default:
      return false;
  }
}
