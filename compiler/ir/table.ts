import type { Place } from "../manifest/place.ts";
import type { Condition } from "./condition.ts";
import type { Constant, Value } from "./type.ts";

/** What a column gets when an insert leaves it out. */
export type Default =
  | { readonly kind: "constant"; readonly value: Constant }
  /** the request's time: a moment for a `timestamp`, today (UTC) for a `date` */
  | { readonly kind: "now" }
  | { readonly kind: "uuid" }
  | { readonly kind: "nanoid" }
  /** an integer key that SQLite counts up */
  | { readonly kind: "count" };

/** What rows get that are there when the column comes, or that have no value of their own for it. */
export type Backfill =
  | { readonly kind: "constant"; readonly value: Constant }
  /** over the columns that the row had, in quotes, by names of the manifest of then or now */
  | { readonly kind: "expr"; readonly sql: string };

/** What makes the values of a column that no write names. */
export type Computed =
  /** over other columns of the row, by SQL names in quotes: a generated column of SQLite */
  | { readonly kind: "expr"; readonly sql: string }
  /** how many rows a relation leads to: `measured` says of what. Stored nowhere */
  | { readonly kind: "count" };

export interface Column extends Value {
  readonly name: string;
  /** the name in SQL, unquoted */
  readonly sqlName: string;
  readonly description?: string;
  readonly default?: Default;
  readonly onUpdate?: "now";
  /** counts the changes of the row; never written by hand */
  readonly version?: true;
  /** alone unique: the primary key of one column, `unique: true`, or a unique index over just this column */
  readonly unique: boolean;
  /** the relation that made the column, when it is not declared under `columns` */
  readonly madeBy?: string;
  /** names that it may have had before, the likelier first */
  readonly renamedFrom?: readonly string[];
  readonly backfill?: Backfill;
  readonly computed?: Computed;
  /** who may read it of a row that may be read; absent: everybody who may read the row */
  readonly read?: Condition;
  /** who may write it on a row that may be written; absent: everybody who may write the row */
  readonly write?: Condition;
  /** of sign-in: it never leaves the database, and no operation names it */
  readonly secret?: true;
  /** what is reckoned over the rows of a relation: by an operation alone, or of a column that counts. Its SQL name is that of a column of the SELECT that carries it */
  readonly measured?: Measured;
  readonly place: Place;
}

export type MeasureFunction = "count" | "sum" | "avg" | "min" | "max";

/** One value made of many rows. `of` absent: the rows themselves are counted. */
export interface Measure {
  /** the result, as a column of the table of results */
  readonly column: Column;
  readonly fn: MeasureFunction;
  readonly of?: MeasuredValue;
  readonly distinct: boolean;
  /** over the rows that give a value each: of the table, or of the last relation to many on the way */
  readonly where?: Condition;
}

/** What of a row is measured: a column of its own, or of what relations lead to; without `column` the rows there are counted. */
export interface MeasuredValue {
  /** up to the last relation to many: each row gives a value, or none */
  readonly rows: readonly Relation[];
  /** from there on to one row each */
  readonly ones: readonly Relation[];
  readonly column?: Column;
}

/** What a measure is reckoned over: the rows of a relation that meet a condition. */
export interface Measured {
  readonly relation: Relation;
  readonly where?: Condition;
  readonly measure: Measure;
}

export type ForeignKeyAction = "restrict" | "cascade" | "set null";

interface RelationBase {
  readonly name: string;
  /** the table that has the relation */
  readonly from: Table;
  /** the table that it leads to */
  readonly to: Table;
  readonly description?: string;
  readonly place: Place;
}

/** This table holds the key: `columns` here equal `references` there, pair by pair. A FOREIGN KEY stands behind it. */
export interface OneRelation extends RelationBase {
  readonly kind: "one";
  readonly columns: readonly Column[];
  readonly references: readonly Column[];
  /** any of `columns` may be null: there may be no related row */
  readonly optional: boolean;
  readonly onDelete: ForeignKeyAction;
  readonly onUpdate: ForeignKeyAction;
  /** why it is right that there is no index over `columns` */
  readonly scan?: string;
}

/** The other end of a `one`: at most one row there where the key is unique (`hasOne`), many otherwise (`many`). */
export interface InverseRelation extends RelationBase {
  readonly kind: "hasOne" | "many";
  readonly inverse: OneRelation;
}

/** Both sides are the `one` relations of a junction table, made by the compiler or named by `through`. */
export interface ManyToManyRelation extends RelationBase {
  readonly kind: "manyToMany";
  readonly junction: Table;
  /** the junction's relation to `from` */
  readonly near: OneRelation;
  /** the junction's relation to `to` */
  readonly far: OneRelation;
}

export type Relation = OneRelation | InverseRelation | ManyToManyRelation;

export interface IndexPart {
  /** a column, or an SQL expression over SQL names */
  readonly on: Column | { readonly sql: string };
  readonly descending: boolean;
}

export interface Index {
  /** unique within the database */
  readonly sqlName: string;
  readonly parts: readonly IndexPart[];
  readonly unique: boolean;
  /** holds literals only */
  readonly where?: Condition;
  readonly place: Place;
}

export interface Check {
  readonly name: string;
  /** the constraint's name in SQL: `<table>_<name>`, unique within the database */
  readonly sqlName: string;
  /** over SQL names, quoted where they need it */
  readonly sql: string;
  readonly place: Place;
}

export type RuleVerb = "read" | "create" | "update" | "delete";

/** A named rule of a table: what has to hold for it to grant, or to deny. It sees all rows and columns. */
export interface Rule {
  readonly name: string;
  /** over the row: as it is, and for `create` as it will be. Absent: any row */
  readonly when?: Condition;
  /** of an update: over the row as it will be */
  readonly then?: Condition;
  /** of an update: columns, and relations of many to many, that it lets be written; absent: all */
  readonly columns?: readonly string[];
  /** what the caller is told who is refused by this rule alone */
  readonly message?: string;
  readonly place: Place;
}

/** One of the grants has to hold, and none of the denials. */
export interface VerbRules {
  readonly grants: readonly Rule[];
  readonly denials: readonly Rule[];
}

export type Rules = { readonly [verb in RuleVerb]: VerbRules };

/** Rows belong to who shares a value of theirs. */
export interface Tenant {
  readonly column: Column;
  /** of the table of users: what of the caller equals the column */
  readonly field: Column;
}

/** A table; linked, so that relations and indexes hold the very objects they speak of. */
export interface Table {
  readonly name: string;
  readonly sqlName: string;
  readonly description?: string;
  readonly columns: ReadonlyMap<string, Column>;
  readonly primaryKey: readonly Column[];
  readonly relations: ReadonlyMap<string, Relation>;
  /** without those that a column's `unique: true` implies */
  readonly indexes: readonly Index[];
  readonly checks: readonly Check[];
  /** named conditions of the table */
  readonly conditions: ReadonlyMap<string, Condition>;
  /** columns that `search` looks into; empty: none */
  readonly searchable: readonly Column[];
  /** sets of columns that hold no two equal rows, the primary key first: from keys, `unique`, and unique indexes over plain columns without `where` */
  readonly uniqueKeys: readonly (readonly Column[])[];
  /** made by the compiler for a many-to-many relation */
  readonly junctionOf?: string;
  /** who may do what; absent: everybody everything */
  readonly rules?: Rules;
  readonly tenant?: Tenant;
  /** names that it may have had before, the likelier first */
  readonly renamedFrom?: readonly string[];
  /** inside of an operation: what it reckons over relations, by name, as tables of measures; undefined where one is wrong, which was said */
  readonly aggregates?: ReadonlyMap<string, Table | undefined>;
  readonly place: Place;
}
