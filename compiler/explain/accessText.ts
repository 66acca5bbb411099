import type { Person } from "../ir/heldBy.ts";
import type { Audience } from "../ir/operation.ts";
import type { RuleVerb } from "../ir/table.ts";
import type { Access, ColumnWords, RuleWords, TableAccess } from "./access.ts";

const present: { readonly [verb in RuleVerb]: string } = {
  read: "reads",
  create: "creates",
  update: "updates",
  delete: "deletes",
};

/** How somebody is called: `nobody`, `admin`. */
export function personName(person: Person): string {
  return typeof person === "string" ? person : person.role;
}

/** What somebody may do by an operation, as lines of text. */
export function accessLines({ calls, asSystem, tables }: Access, audience: Audience): string[] {
  if (!calls) return [`may not call it: it is for ${audienceWords(audience)}`];
  if (asSystem !== undefined) return [`obeys no rules, because: ${asSystem}`];
  return tables.flatMap(tableLines);
}

function audienceWords(audience: Audience): string {
  if (audience === "public") return "everybody";
  return audience === "user" ? "whoever is signed in" : audience.join(" or ");
}

function tableLines({ path, verb, rows, tenant, grants, denials, columns = [] }: TableAccess): string[] {
  const head = `${present[verb]} ${path}`;
  const guarded = columnLines(columns);
  if (rows === "none" && (grants?.length ?? 1) === 0) return [`${head}: nothing, by no rule`];
  if (rows === "all" || !grants)
    return [`${head}: ${tenant && rows !== "all" ? `rows where ${tenant}` : "any row"}`, ...guarded];
  const own = tenant === undefined ? "" : ` where ${tenant},`;
  return [
    `${head}: ${rows === "none" ? "nothing" : "rows"}${own} by the rule${grants.length === 1 ? "" : "s"}`,
    ...grants.map(ruleLine),
    ...(denials ?? []).map(denialLine),
    ...guarded,
  ];
}

function ruleLine({ columns, ...rule }: RuleWords): string {
  return `  ${conditionsOf(rule)}${columns ? `; only ${columns.join(", ")}` : ""}`;
}

function denialLine({ columns, ...rule }: RuleWords): string {
  return `  not where ${conditionsOf(rule)}${columns ? `, where ${columns.join(" or ")} is written` : ""}`;
}

function conditionsOf({ name, where, then }: RuleWords): string {
  return `${name}: ${where}${then === undefined ? "" : `, and then ${then}`}`;
}

/** Columns under the same condition are told together. */
function columnLines(columns: readonly ColumnWords[]): string[] {
  const conditions = [...new Set(columns.map(({ where }) => where))];
  return conditions.map((where) => {
    const names = columns.filter((column) => column.where === where).map(({ name }) => name);
    return where === "no row" ? `  never ${names.join(", ")}` : `  ${names.join(", ")} only where ${where}`;
  });
}
