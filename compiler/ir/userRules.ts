import type { Condition } from "./condition.ts";
import type { Lowering, TableDraft } from "./draft.ts";
import { EVERYBODY, OPEN_USER_COLUMNS, USER_COLUMNS, WRITABLE_USER_COLUMNS } from "./signInTables.ts";
import type { Rule } from "./table.ts";

/** What nobody writes but the system: what a user may do hangs on it. */
const ofSystem: readonly string[] = ["role", "emailVerified", "banned", "banReason", "banExpires"];

/**
 * What is true of the rules of users besides what they say: everybody sees of every user what is open, and the rest of it, by guards of the columns, only of
 * themselves and where a rule of the author's grants it; no update writes more than operations may.
 */
export function settleUserRules({ manifest, unfinished, report }: Lowering): void {
  if (!manifest.auth) return;
  const { table } = unfinished.get("users")!;
  const { rules } = table;
  if (!rules) return;
  const written = manifest.auth.value.user?.rules?.read ?? {};
  const granted = rules.read.grants.filter(({ name }) => Object.hasOwn(written, name));
  const fields = manifest.auth.value.user?.fields ?? {};
  if (granted.every((rule) => rule.when !== undefined)) guardColumns(table, granted, fields);
  for (const name of ofSystem) {
    const column = table.columns.get(name);
    if (column) column.write = { kind: "any", of: [] };
  }
  const everybody: Rule = { name: EVERYBODY, place: rules.read.grants.at(-1)!.place };
  table.rules = {
    ...rules,
    read: { ...rules.read, grants: [everybody] },
    update: { ...rules.update, grants: rules.update.grants.map((rule) => withinWritable(rule, table, report)) },
  };
}

/** Whether an operation that obeys rules may write a column of users. */
export const isWritableOfUser = (name: string): boolean => !USER_COLUMNS.has(name) || WRITABLE_USER_COLUMNS.has(name);

function guardColumns(table: TableDraft, granted: readonly Rule[], fields: object): void {
  const id = table.columns.get("id")!;
  const of = { type: id.type, nullable: false };
  const own: Condition = {
    kind: "compare",
    left: { kind: "column", column: id, of },
    op: "eq",
    right: { kind: "user", field: "id", of },
  };
  const guard: Condition = granted.length === 0 ? own : { kind: "any", of: [own, ...granted.map(({ when }) => when!)] };
  for (const column of table.columns.values())
    if (!OPEN_USER_COLUMNS.has(column.name) && !(column.read && Object.hasOwn(fields, column.name)))
      column.read = guard;
}

/** A rule of an update lets be written what operations may write, or less. Says what it names besides. */
function withinWritable(rule: Rule, { columns, relations }: TableDraft, report: Lowering["report"]): Rule {
  const { columns: named, place } = rule;
  for (const [index, name] of (named ?? []).entries())
    if (!isWritableOfUser(name)) report("auth/system-column", place.at("columns").at(index), [name]);
  if (named) return rule;
  const all = [
    ...[...columns.values()]
      .filter(({ name, computed, version }) => isWritableOfUser(name) && !computed && !version)
      .map(({ name }) => name),
    ...[...relations.values()].filter(({ kind }) => kind === "manyToMany").map(({ name }) => name),
  ];
  return { ...rule, columns: all };
}
