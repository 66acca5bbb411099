import type { Sql } from "../../runtime/server/plan.ts";
import type { Condition, Search } from "../ir/condition.ts";
import type { Audience } from "../ir/operation.ts";
import type { Column, Measure, Relation, Table } from "../ir/table.ts";
import { quoteName } from "./quote.ts";
import { sequence } from "./sql.ts";

/**
 * How constants are written. Those of a manifest stand in the text, where SQLite can compare them with the condition of a partial
 * index; those of a handler's call are parameters, so that its texts repeat.
 */
export type Constants = "inline" | "bind";

/** Is told what an alias of the statement (of a step) stands for: a row of a table, by the way that leads to it (`tasks.project.owner`). */
export type Named = (alias: string, path: string, table: Table, step?: string) => void;

export interface Style {
  readonly constants: Constants;
  readonly eyes: Eyes;
  readonly named?: Named | undefined;
  /** only in statements of a batch */
  readonly batch?: BatchScope | undefined;
}

/** What a statement of a batch may speak of besides rows of its own. */
export interface BatchScope {
  /** what makes the fresh ids of its step its own: the step, and a star for the list that it goes through */
  readonly ids: string;
  /** `$steps.name.column` */
  readonly step: (name: string, column: Column) => Sql;
  /** the alias of the row that an `each` over a table is at */
  readonly item?: string;
}

/** Whose eyes a statement sees with. */
export interface Eyes {
  /** who they are of: `public` is somebody who may be signed in, which is known when the text is rendered */
  readonly auth: Audience;
  /** a SELECT of what may be seen of a table, where that is not all of it. Absent: everything is seen, as rules and the system do */
  readonly see?: (table: Table, scope: Scope) => Sql | undefined;
}

/** What the caller sees if no rule hides anything: conditions of rules are written with it. */
export const unhindered = ({ auth }: Eyes): Eyes => ({ auth });

/** For a statement of which nobody asks what its aliases stand for. */
export function unnamed({ constants, eyes, batch }: Style): Style {
  return { constants, eyes, batch };
}

/** Writes a condition over a row: what stands below conditions is handed this. */
export type WriteCondition = (condition: Condition, scope: Scope) => Sql;

/** The row that an expression speaks of. */
export interface Scope {
  /** what qualifies its columns: an alias, or the quoted name of a table that is written to */
  readonly row: string;
  /** the way to the row from the operation's table, by the manifest's names */
  readonly path: string;
  readonly constants: Constants;
  readonly eyes: Eyes;
  /** the row is of the table itself, not of what is seen of it: a row that is written */
  readonly bare?: true;
  /** the row stands in no table yet: what its foreign keys say need not be there */
  readonly future?: true;
  /** such rows are looked at one by one, so that what a rule asks is asked of each, and not of all rows that the caller has to do with */
  readonly few?: boolean | undefined;
  /** of columns that may not be read there stands what is there: the condition asks beside it whether they may */
  readonly asked?: true;
  /** the name of what is there in a column that may not be read, where the row is what is seen of one and a rule speaks of it */
  readonly behind?: ((column: Column) => string | undefined) | undefined;
  /** the alias of the row before the write, in the `then` of a rule */
  readonly before?: string | undefined;
  /** a name that no other row of the statement has; items of a list are rows of no table */
  readonly nextAlias: (path: string, table?: Table) => string;
  /** the alias of a list's items, inside a condition over them: the row is still that which holds the list */
  readonly element?: string;
  readonly ranking?: Ranking;
  /** measures that are joined to the row */
  readonly joined?: ReadonlySet<Measure>;
  readonly batch?: BatchScope | undefined;
}

/** A search by whose matches the rows are ordered: its index is joined to them. */
export interface Ranking {
  readonly search: Search;
  readonly alias: string;
}

/** The scope of a statement that reads: its row is `t0`. */
export function readScope(table: Table, { constants, eyes, named, batch }: Style): Scope {
  const nextAlias = aliases(named);
  return { row: nextAlias(table.name, table), path: table.name, constants, eyes, nextAlias, batch };
}

/** The scope of a statement that writes to a table: RETURNING knows no alias, so the row goes by the table's own name. */
export function writeScope(table: Table, { constants, eyes, named, batch }: Style): Scope {
  named?.(table.sqlName, table.name, table);
  const nextAlias = aliases(named, table.sqlName);
  return { row: quoteName(table.sqlName), path: table.name, constants, eyes, bare: true, nextAlias, batch };
}

/** The scope of an index's condition: its own row alone, columns without a qualifier, constants in the text. */
export const indexScope: Scope = {
  row: "",
  path: "",
  constants: "inline",
  eyes: { auth: "public" },
  nextAlias: () => {
    throw new Error("An index's condition speaks of its own row only");
  },
};

/** A further row inside the statement: of a table, and by which way. */
export function innerScope(outer: Scope, table: Table, path: string = table.name): Scope {
  const { constants, eyes, before, nextAlias, batch } = outer;
  const few = eyes.see ? undefined : outer.few;
  return { row: nextAlias(path, table), path, constants, eyes, before, few, nextAlias, batch };
}

/** The row, or one of the rows, that a relation leads to. */
export function relatedScope(scope: Scope, { name, to }: Relation): Scope {
  return innerScope(scope, to, `${scope.path}.${name}`);
}

/** The same row, with the items of one of its lists under a further name. */
export function elementScope(scope: Scope): Scope & { readonly element: string } {
  return { ...scope, element: scope.nextAlias(scope.path) };
}

/** Whether a measure is joined to the row, so that it need not be reckoned for it. */
export function isJoined({ measured }: Column, scope: Scope): boolean {
  return measured !== undefined && scope.joined?.has(measured.measure) === true;
}

/** A column of the scope's row; or what is measured, which the SELECT has under this name. No rows, and so none joined, are counted as 0. */
export function columnSql(column: Column, scope: Scope): string {
  if (column.measured) {
    const name = quoteName(column.sqlName);
    return column.nullable || !isJoined(column, scope) ? name : `ifnull(${name}, 0)`;
  }
  const name = scope.behind?.(column) ?? quoteName(column.sqlName);
  return scope.row === "" ? name : `${scope.row}.${name}`;
}

/** The scope of a rule's condition over the same row: it sees all rows and columns. */
export function ruleScope(scope: Scope): Scope {
  return scope.eyes.see ? { ...scope, eyes: unhindered(scope.eyes) } : scope;
}

/** `"users" AS t1`: the table itself, whatever may be seen of it. */
export function bareTable({ sqlName }: Pick<Table, "sqlName">, { row }: Scope): string {
  return `${quoteName(sqlName)} AS ${row}`;
}

/** `"users" AS t1`, or where some of it is hidden, what may be seen of it: every place that reads a table prints it by this. */
export function tableSql(table: Table, scope: Scope): Sql {
  const seen = scope.eyes.see?.(table, scope);
  if (seen === undefined) return bareTable(table, scope);
  return sequence("(", seen, `) AS ${scope.row}`);
}

/** t0, t1, …, without the one that a table already goes by. */
function aliases(named: Named | undefined, taken?: string): Scope["nextAlias"] {
  let next = 0;
  return (path, table) => {
    const free = `t${next++}`;
    const alias = free === taken?.toLowerCase() ? `t${next++}` : free;
    if (table) named?.(alias, path, table);
    return alias;
  };
}
