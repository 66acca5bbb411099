import type { Place } from "../manifest/place.ts";
import type { Assignment } from "./assignment.ts";
import type { Condition, Near, Operand, Search } from "./condition.ts";
import type { Each } from "./items.ts";
import type { LinkChange, NestedWrite } from "./nestedWrite.ts";
import type { RateLimit } from "./rateLimit.ts";
import type { Statement } from "./statement.ts";
import type { Column, Measure, Relation, Table } from "./table.ts";
import type { Constant, Value } from "./type.ts";

export interface Argument extends Value {
  readonly name: string;
  /** may be left out of the call: `?`, `optional: true`, a default, or an update's `input` */
  readonly optional: boolean;
  readonly default?: Constant;
  readonly description?: string;
  /** the column that `input` made it from */
  readonly column?: Column;
  readonly place: Place;
}

export type OrderTerm = ColumnTerm | RankTerm;

export interface ColumnTerm {
  readonly column: Column;
  readonly descending: boolean;
  /** where nulls come; SQLite's own place (first ascending, last descending) when absent */
  readonly nulls?: "first" | "last";
}

/** The nearest first, or the best match first. The term is absent where its condition is, a part of the same `where` that has to hold. */
export interface RankTerm {
  readonly by: Near | Search;
  readonly descending: boolean;
}

/** What of a row is returned: columns in the table's order (or as listed), then related rows under their relation's name. */
export interface Selection {
  readonly table: Table;
  readonly columns: readonly Column[];
  readonly with: readonly NestedSelection[];
  /** what is reckoned over related rows; absent: nothing */
  readonly aggregates?: readonly NestedAggregate[];
}

export interface NestedSelection {
  /** the relation's name, the key in the result */
  readonly name: string;
  readonly relation: Relation;
  readonly selection: Selection;
  readonly where?: Condition;
  /** total: the key is appended. Empty for a to-one */
  readonly orderBy: readonly OrderTerm[];
  /** always there for a to-many */
  readonly limit?: Operand;
  readonly offset?: Operand;
}

/** What is reckoned over the rows of a relation to many, all that meet `where`. */
export interface NestedAggregate {
  /** the key in the result: `tasksAggregate` */
  readonly name: string;
  readonly relation: Relation;
  readonly where?: Condition;
  readonly measures: readonly Measure[];
  /** what comes of it: a row of measures */
  readonly selection: Selection;
  /** the measures again, as columns of the row that has the relation: conditions and orders speak of them */
  readonly carried: readonly Column[];
}

/** Columns that hold no two equal rows; of a partial index, among the rows that meet its condition. */
export interface UniqueKey {
  readonly columns: readonly Column[];
  readonly where?: Condition;
}

/** How many rows a write must meet. */
export interface Expectation {
  readonly minimum: number;
  /** absent: any number */
  readonly maximum?: number;
  readonly place: Place;
}

interface Read {
  readonly selection: Selection;
  readonly where?: Condition;
}

export type Body =
  | ({ readonly kind: "get" } & Read)
  | ({
      readonly kind: "list";
      readonly orderBy: readonly OrderTerm[];
      readonly limit: Operand;
      readonly offset?: Operand;
      readonly distinct: boolean;
    } & Read)
  /** `orderBy` is total: the key is appended, ascending */
  | ({
      readonly kind: "page";
      readonly orderBy: readonly ColumnTerm[];
      readonly size: { readonly default: number; readonly max: number };
      /** the result leads back, too */
      readonly bothWays: boolean;
      /** how many rows meet `where` in all is told, too */
      readonly total: boolean;
    } & Read)
  /**
   * Measures over all rows, or over each group of them. `selection` is of the results, a table of grouped columns and measures: `having`
   * and `orderBy` speak of it. `groupBy` absent: one result, which neither is ordered nor has a limit
   */
  | {
      readonly kind: "aggregate";
      readonly table: Table;
      readonly where?: Condition;
      readonly groupBy?: readonly Column[];
      readonly measures: readonly Measure[];
      readonly selection: Selection;
      readonly having?: Condition;
      /** total: the grouped columns are appended */
      readonly orderBy: readonly OrderTerm[];
      readonly limit?: Operand;
      readonly offset?: Operand;
    }
  /** one row. `returns` is the row as the write left it. `each`, of any write: done for each of these, so the result is a list */
  | {
      readonly kind: "insert";
      readonly table: Table;
      readonly each?: Each;
      readonly assignments: readonly Assignment[];
      readonly nested?: readonly NestedWrite[];
      readonly returns: Selection;
    }
  /** `where` absent: all rows. `single`: `expect` is exactly one, so the result is the row and not a list */
  | {
      readonly kind: "update";
      readonly table: Table;
      readonly each?: Each;
      readonly where?: Condition;
      readonly assignments: readonly Assignment[];
      readonly links?: readonly LinkChange[];
      readonly expect?: Expectation;
      readonly single: boolean;
      readonly returns: Selection;
    }
  /**
   * The row of `assignments`, or where a row has the same `conflict` columns, that row with `set` done to it: without `set`, what
   * `assignments` write, but neither to the key nor to `conflict`. `returns` is the row as the write left it
   */
  | {
      readonly kind: "upsert";
      readonly table: Table;
      readonly each?: Each;
      readonly conflict: UniqueKey;
      readonly assignments: readonly Assignment[];
      readonly set?: readonly Assignment[];
      readonly returns: Selection;
    }
  | {
      readonly kind: "delete";
      readonly table: Table;
      /** tables whose rows go along though their rules are not asked, as the author says */
      readonly cascades?: readonly string[];
      readonly each?: Each;
      readonly where?: Condition;
      readonly expect?: Expectation;
      readonly single: boolean;
      readonly returns: Selection;
    }
  /** in order, all or nothing. `returns`: of which steps the rows are answered; of none: the result is null */
  | {
      readonly kind: "steps";
      readonly steps: readonly Step[];
      readonly returns: ReadonlyMap<string, Selection>;
    }
  /** `module` is relative to the manifest's folder; `returns` absent: no result, null on the wire */
  /** a statement of the author's own; `returns` absent: no result, null on the wire */
  | { readonly kind: "sql"; readonly text: Statement; readonly returns?: Value }
  | { readonly kind: "handler"; readonly module: string; readonly export: string; readonly returns?: Value };

export type BodyKind = Body["kind"];

/** An error that an operation declares: its handler may raise it, an `else` says it. */
export interface DeclaredError {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly place: Place;
}

/** One of the writes and reads of an operation that are one: all of them are done, or none. */
export interface Step {
  readonly name: string;
  readonly body: StepBody;
  /** it is done once for each of these; absent: once */
  readonly each?: Each;
  /** declared errors in the place of built-in codes */
  readonly else: ReadonlyMap<string, DeclaredError>;
  readonly place: Place;
}

type StepOf<K extends BodyKind> = Extract<Body, { kind: K }>;

export type StepBody =
  | StepOf<"insert" | "update" | "upsert" | "delete" | "aggregate">
  | (StepOf<"get"> & { readonly expect?: Expectation })
  | Check;

/** There must be some row of the table that meets `where`, or none. */
export interface Check {
  readonly kind: "check";
  readonly table: Table;
  readonly where?: Condition;
  readonly is: "some" | "none";
}

/** Another mutation that runs when this one is committed; its arguments by name. */
export interface After {
  readonly run: string;
  readonly args: ReadonlyMap<string, Operand>;
  readonly place: Place;
}

/** Who may call an operation: anybody, whoever is signed in, or who has one of these roles. */
export type Audience = "public" | "user" | readonly string[];

export interface Operation {
  readonly kind: "query" | "mutation";
  /** camelCase segments joined by `/` */
  readonly name: string;
  readonly description?: string;
  readonly auth: Audience;
  /** how often one caller may call it; absent: any number */
  readonly rateLimit?: RateLimit;
  /** why it sees and does everything, whatever rules say: `because` beside `as: system` */
  readonly asSystem?: string;
  /** of `args` and `input`, in that order */
  readonly args: ReadonlyMap<string, Argument>;
  readonly errors: ReadonlyMap<string, DeclaredError>;
  readonly body: Body;
  /** of one write: declared errors in the place of built-in codes; steps have their own */
  readonly else?: ReadonlyMap<string, DeclaredError>;
  /** what runs when it is committed */
  readonly after?: After;
  /** why it is right that rows are read or sorted without an index */
  readonly scan?: string;
  readonly place: Place;
}
