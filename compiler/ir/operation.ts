import type { Place } from "../manifest/place.ts";
import type { Condition, Operand } from "./condition.ts";
import type { Column, Relation, Table } from "./table.ts";
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

export interface OrderTerm {
  readonly column: Column;
  readonly descending: boolean;
  /** where nulls come; SQLite's own place (first ascending, last descending) when absent */
  readonly nulls?: "first" | "last";
}

/** What of a row is returned: columns in the table's order (or as listed), then related rows under their relation's name. */
export interface Selection {
  readonly table: Table;
  readonly columns: readonly Column[];
  readonly with: readonly NestedSelection[];
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

/** A column and what is written to it. */
export interface Assignment {
  readonly column: Column;
  readonly value:
    | Operand
    /** `{ increment: n }` and its kin: the column's own value with the operand applied */
    | { readonly kind: "increment" | "decrement" | "multiply"; readonly by: Operand };
  readonly place: Place;
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
      readonly orderBy: readonly OrderTerm[];
      readonly size: { readonly default: number; readonly max: number };
    } & Read)
  /** one row. `returns` is the row as the write left it */
  | {
      readonly kind: "insert";
      readonly table: Table;
      readonly assignments: readonly Assignment[];
      readonly returns: Selection;
    }
  /** `where` absent: all rows. `single`: `expect` is exactly one, so the result is the row and not a list */
  | {
      readonly kind: "update";
      readonly table: Table;
      readonly where?: Condition;
      readonly assignments: readonly Assignment[];
      readonly expect?: Expectation;
      readonly single: boolean;
      readonly returns: Selection;
    }
  | {
      readonly kind: "delete";
      readonly table: Table;
      readonly where?: Condition;
      readonly expect?: Expectation;
      readonly single: boolean;
      readonly returns: Selection;
    }
  /** `module` is relative to the manifest's folder; `returns` absent: no result, null on the wire */
  | { readonly kind: "handler"; readonly module: string; readonly export: string; readonly returns?: Value };

export type BodyKind = Body["kind"];

/** An error that an operation declares and its handler may raise. */
export interface DeclaredError {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly place: Place;
}

export interface Operation {
  readonly kind: "query" | "mutation";
  /** camelCase segments joined by `/` */
  readonly name: string;
  readonly description?: string;
  readonly auth: "public";
  /** of `args` and `input`, in that order */
  readonly args: ReadonlyMap<string, Argument>;
  readonly errors: ReadonlyMap<string, DeclaredError>;
  readonly body: Body;
  readonly place: Place;
}
