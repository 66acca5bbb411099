import type { Shape } from "../wire/shape.ts";

/*
 * What the compiler knows of an operation, as data. A generated `operations.ts` is a list of these; the runtime binds values and
 * runs them. Compiler and runtime share this file's types and nothing else.
 */

/** A parameter: stands for one `?` in the text. */
export type Bind =
  /**
   * an argument, by its path (`limit`, `filter.search`), in its SQL form by the argument's shape; null when absent. A star is the item
   * at hand of a list that the statement is run for: `lines.*.sku`
   */
  | { readonly arg: string }
  /** an argument that is a list, as one JSON text of its items in their SQL form, for `json_each` */
  | { readonly list: string }
  /** the request's time: milliseconds, or `YYYY-MM-DD` */
  | { readonly now: "timestamp" | "date" }
  /** a field of the caller, in its SQL form; null where nobody is signed in */
  | { readonly user: string }
  /** a field of the caller's session */
  | { readonly session: string }
  /** a fresh id, the same wherever this `key` stands in the request; one for each item where the key has a star */
  | { readonly generate: "uuid" | "nanoid"; readonly key: string }
  /** the index of the item at hand, as text: of the outermost list 0, of a list within its items 1 */
  | { readonly item: number }
  /** the value of the page's cursor at a place of the order, in its SQL form */
  | { readonly cursor: number }
  /** rows to read for a page: its size and one more */
  | { readonly size: "page" }
  /** a text as words to search for, in the form that FTS5 takes */
  | { readonly search: Bind }
  /** a side of the box, in degrees, that holds all places within so many metres of one */
  | { readonly box: Circle; readonly side: Side }
  /** a value that a handler gave, already in SQL form */
  | { readonly value: string | number | null | ArrayBuffer };

/** A place in degrees and metres around it. */
export interface Circle {
  readonly latitude: Bind;
  readonly longitude: Bind;
  readonly within: Bind;
}

/** West and east may lie beyond 180 degrees. */
export type Side = "south" | "north" | "west" | "east";

/**
 * SQL with parameters and parts that depend on which optional arguments were sent. It is rendered once for each set of present
 * arguments and the text kept. A list is a sequence. A part is absent when its condition is, and absent parts print nothing.
 */
export type Sql =
  | string
  | Bind
  | readonly Sql[]
  /**
   * absent unless the argument (or the page's `cursor`) was sent; null counts as sent. `$user`: somebody is signed in;
   * `$user.role=admin`: and has this role
   */
  | { readonly when: string; readonly then: Sql; readonly otherwise?: Sql }
  /** the present items, joined; in parentheses where there are several and the word is AND or OR; absent when no item is present */
  | { readonly join: " AND " | " OR " | ", "; readonly of: readonly Sql[] }
  /** `before`, `around`, `after`; absent when `around` is, or `otherwise` where it is given */
  | { readonly before: Sql; readonly around: Sql; readonly after: Sql; readonly otherwise?: Sql };

/** A foreign key that a write may break: which one it was is asked only after the database refused. */
export interface ForeignKeyProbe {
  /** manifest names of the table that holds the key, and of its columns */
  readonly table: string;
  readonly columns: readonly string[];
  /** a statement whose one row has `violated`: 1 when this key is the broken one */
  readonly sql: Sql;
}

/** Constraint names of the database and what the manifest calls them. */
export interface Constraints {
  /** by SQL name of the table; columns by their SQL name */
  readonly tables: {
    readonly [sqlName: string]: { readonly name: string; readonly columns: { readonly [sqlName: string]: string } };
  };
  /** by SQL name of a unique index over expressions or with a condition: SQLite names such an index, not its columns */
  readonly uniqueIndexes: {
    readonly [sqlName: string]: { readonly table: string; readonly columns: readonly string[] };
  };
  /** by SQL name; `columns` for a check that the compiler made for a column's own type or constraint */
  readonly checks: { readonly [sqlName: string]: { readonly table: string; readonly check: string } };
  /** by `table.verb`: the rules that grant it, and those that deny it. Absent: there are no rules */
  readonly rules?: {
    readonly [tableVerb: string]: { readonly grants: readonly NamedRule[]; readonly denials?: readonly NamedRule[] };
  };
}

/** Who may call an operation: anybody, whoever is signed in, or who has one of these roles. */
export type Audience = "public" | "user" | readonly string[];

/** How a session's token is looked up, and how a session is made to last. Times are milliseconds. */
export interface IdentityPlan {
  /**
   * one value: the JSON text of what `$user` and `$session` have, in SQL form and in the order of `shapes`, in lists of lists, then
   * whether the user is banned and until when; null for a token that is not there. Its one parameter is the token. In lines
   */
  readonly sql: string | readonly string[];
  /** what `$user` and `$session` have */
  readonly shapes: {
    readonly user: { readonly [field: string]: Shape };
    readonly session: { readonly [field: string]: Shape };
  };
  /** parameters: the new end, the time, the token, the end so far */
  readonly renew: string;
  /** from its renewal to its end */
  readonly lasts: number;
  /** from its renewal to the next, where it is used */
  readonly renewAfter: number;
}

/** What a rule is called, and what it tells who is refused. */
export interface NamedRule {
  readonly name: string;
  readonly message?: string;
}

interface OperationBase {
  readonly kind: "query" | "mutation";
  readonly name: string;
  readonly auth: Audience;
  /** the name of the limit that requests for it count towards */
  readonly limit?: string;
  /** every argument, by name, in manifest order */
  readonly args: { readonly [name: string]: Shape };
}

/** Each row of a statement has one column `row`: the JSON text of the row as it goes over the wire. */
interface SqlOperationBase extends OperationBase {
  /** where a row's JSON holds bytes: SQLite can only say them in hexadecimal, the wire wants base64 */
  readonly hex?: Shape;
}

export interface RowsOperation extends SqlOperationBase {
  /** `row`: the first row or null; `rows`: a list */
  readonly result: "row" | "rows";
  readonly sql: Sql;
  /** fewer rows are `not_found` */
  readonly atLeast?: number;
}

/**
 * Rows behind a cursor. One row more than the size is read, and tells whether there are more. In `sql` a part may ask for `cursor`,
 * and for `cursor.0`: whether the cursor's value at this place of the order is there and not null.
 */
export interface PageOperation extends SqlOperationBase {
  readonly result: "page";
  readonly sql: Sql;
  /** the rows before a cursor, from the nearest on: where it is there, the result has a `previousCursor` */
  readonly backward?: Sql;
  /** the order in words (`-createdAt`), the key last: a cursor belongs to it */
  readonly order: readonly string[];
  /**
   * the order's columns, where a cursor is made of what the row's JSON says. Absent: rows come with a second column `cursor`, the JSON
   * array of the order's values in SQL form
   */
  readonly cursor?: { readonly [column: string]: Shape };
  readonly size: { readonly default: number; readonly max: number };
  /** among the rows there is one whose `row` is a number: how many there are in all */
  readonly total?: true;
}

/** A write, its guard and its expectation: one batch, all or nothing. */
export interface WriteOperation extends SqlOperationBase {
  readonly kind: "mutation";
  readonly result: "row" | "rows";
  readonly write: Sql;
  /** run before the write in its batch; each aborts it with a word */
  readonly before?: readonly Sql[];
  /** asked right before the write, where its rows and not those of the write are answered */
  readonly rows?: Sql;
  /** runs after the write in its batch and aborts it with `_af:not_found` or `_af:conflict`; only where a refusal has something to undo */
  readonly guard?: Sql;
  /** fewer rows are `not_found` (nothing was written then) */
  readonly atLeast?: number;
  /** asked where no row was met: its one row has `stale`, 1 where the row is there with another version, which is a `conflict` */
  readonly stale?: Sql;
  readonly foreignKeys?: readonly ForeignKeyProbe[];
  readonly errors?: DeclaredErrors;
  /** the declared errors that stand for built-in codes (`else`) */
  readonly else?: { readonly [builtIn: string]: string };
  readonly after?: AfterPlan;
}

/** By step: the declared errors that stand for built-in codes (`else`). */
export interface StepRefusals {
  readonly [step: string]: { readonly [builtIn: string]: string };
}

/** A statement of a batch. A guard is one: it aborts with `_af:<word>:<step>`, and `:<index>` behind it under an `each`. */
export interface BatchStatement {
  /** the step that it belongs to, as refusals and the answer name it; absent for what serves the batch itself, or what runs after it */
  readonly step?: string;
  readonly sql: Sql;
  /** the manifest's name of the table that it writes to */
  readonly table?: string;
  /** its rows are what the step answers; without a step, its row is what the arguments of `after` take from steps */
  readonly answers?: true;
  readonly foreignKeys?: readonly ForeignKeyProbe[];
}

/** An INSERT in parts, `<into> VALUES <values> <returning>`: such of one list whose texts are equal go as one statement with many rows. */
export interface BatchInsert extends Omit<BatchStatement, "sql"> {
  readonly into: Sql;
  readonly values: Sql;
  readonly returning?: Sql;
}

/** Parts that are run for each item of a list, which an argument's path leads to; none where it was not sent. */
export interface BatchEach {
  readonly each: string;
  readonly of: readonly BatchStep[];
}

export type BatchStep = BatchStatement | BatchInsert | BatchEach;

/** What a step answers: its first row, or null where there is none, or a list of its rows. */
export interface StepAnswer {
  readonly result: "row" | "rows";
  readonly hex?: Shape;
}

/** Errors that an operation declares, by code. */
export interface DeclaredErrors {
  readonly [code: string]: { readonly status: number; readonly message: string };
}

/** An argument of what runs after a write: from the call, or what the batch's own statement for it reads of steps. */
export type AfterValue =
  | { readonly value: unknown }
  | { readonly arg: string }
  | { readonly now: "timestamp" | "date" }
  /** a field of the caller, which is kept in its SQL form */
  | { readonly user: string; readonly shape: Shape }
  | "step";

/** A mutation that runs when a write is committed; its failure is logged, and nobody waits for it. */
export interface AfterPlan {
  readonly run: string;
  readonly args: { readonly [name: string]: AfterValue };
  readonly hex?: Shape;
}

/** Several writes, all or nothing: one batch. */
export interface BatchOperation extends OperationBase {
  readonly kind: "mutation";
  readonly result: "batch";
  readonly steps: readonly BatchStep[];
  /** what one step answers, or an object by step; absent: the result is null */
  readonly answer?:
    | ({ readonly step: string } & StepAnswer)
    | { readonly steps: { readonly [step: string]: StepAnswer } };
  readonly errors?: DeclaredErrors;
  readonly refusals?: StepRefusals;
  readonly after?: AfterPlan;
}

/** A write that the author wrote as SQL. Its rows have columns of their own, in their SQL form. */
export interface StatementOperation extends OperationBase {
  readonly kind: "mutation";
  readonly result: "statement";
  readonly write: Sql;
  /** absent: the result is null. `required`: no row is `not_found` */
  readonly returns?: { readonly result: "row" | "rows"; readonly row: Shape; readonly required?: true };
}

export interface HandlerOperation extends OperationBase {
  readonly result: "handler";
  /** it may do without the rules */
  readonly asSystem?: true;
  /** absent: the result is null */
  readonly returns?: Shape;
  readonly errors: DeclaredErrors;
}

export type OperationPlan =
  | RowsOperation
  | PageOperation
  | WriteOperation
  | BatchOperation
  | StatementOperation
  | HandlerOperation;

/** The worker's operations by name. */
export type OperationPlans = { readonly [name: string]: OperationPlan };
