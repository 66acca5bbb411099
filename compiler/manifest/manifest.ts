import type { Constant } from "../ir/type.ts";
import type { Place } from "./place.ts";
import type { ConditionManifest, RulesManifest, TenantManifest } from "./ruleManifest.ts";
import type { DatabaseManifest, LimitManifest, RateLimitManifest, WorkerManifest } from "./settingsManifest.ts";

/*
 * The manifest as it was written, after its shape was found right: plain values, shorthand not yet expanded. A string here may
 * still be a reference (`$args.id`), a type (`string?`) or a name; `lower` says which.
 */

/** A named entry and where it stands; entries of included files are merged in, in the order of the files. */
export interface Declared<T> {
  readonly value: T;
  readonly place: Place;
}

export type DeclaredMap<T> = ReadonlyMap<string, Declared<T>>;

/** The long form of a type; the shorthand is its `type` with `?` behind when null is allowed. */
export interface TypeManifest {
  readonly type: string;
  readonly description?: string;
  readonly nullable?: boolean;
  /** arguments and object properties only */
  readonly optional?: boolean;
  readonly default?: Constant;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number | string;
  readonly maximum?: number | string;
  readonly exclusiveMinimum?: number | string;
  readonly exclusiveMaximum?: number | string;
  readonly multipleOf?: number | string;
  readonly scale?: number;
  readonly items?: TypeManifest | string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: { readonly [name: string]: TypeManifest | string };
}

export interface ColumnManifest extends Omit<TypeManifest, "optional" | "type"> {
  /** always there, unless the column counts a relation */
  readonly type?: string;
  /** an SQL expression over the row that makes the value */
  readonly expr?: string;
  /** the relation whose rows are the value */
  readonly count?: string;
  /** which of them are counted */
  readonly where?: ConditionManifest;
  readonly unique?: boolean;
  readonly index?: boolean;
  readonly onUpdate?: "now";
  readonly version?: boolean;
  readonly generate?: "uuid" | "nanoid" | "none";
  readonly sqlName?: string;
  readonly renamedFrom?: string;
  /** for rows that are there already: a constant, or `{ expr: … }` */
  readonly backfill?: Constant;
  readonly read?: ConditionManifest;
  readonly write?: ConditionManifest;
  /** of a field of `auth.user`: it may be given at sign-up */
  readonly input?: boolean;
  /** of a table that the compiler declares: it never leaves the database */
  readonly secret?: true;
}

/** Exactly one of `one`, `hasOne`, `many`, `manyToMany` is there. */
export interface RelationManifest {
  readonly one?: string;
  readonly hasOne?: string;
  readonly many?: string;
  readonly manyToMany?: string;
  readonly description?: string;
  readonly optional?: boolean;
  readonly onDelete?: "restrict" | "cascade" | "set null";
  readonly onUpdate?: "restrict" | "cascade" | "set null";
  /** the name of the column that a `one` adds */
  readonly column?: string;
  readonly unique?: boolean;
  readonly index?: boolean;
  /** why a `one` has no index */
  readonly scan?: string;
  readonly sqlName?: string;
  /** of a `one` also the former name of its column */
  readonly renamedFrom?: string;
  readonly backfill?: Constant;
  /** declared columns that a `one` stands on */
  readonly columns?: readonly string[];
  readonly references?: readonly string[];
  readonly inverse?: string;
  readonly through?: string;
}

export type IndexManifest =
  | readonly string[]
  | {
      readonly columns?: readonly string[];
      readonly expr?: string | readonly string[];
      readonly unique?: boolean;
      readonly where?: ConditionManifest;
      readonly sqlName?: string;
    };

export interface TableManifest {
  readonly description?: string;
  readonly sqlName?: string;
  readonly renamedFrom?: string;
  readonly columns?: { readonly [name: string]: ColumnManifest | string };
  readonly primaryKey?: string | readonly string[];
  readonly relations?: { readonly [name: string]: RelationManifest };
  readonly indexes?: readonly IndexManifest[];
  readonly checks?: { readonly [name: string]: string };
  readonly conditions?: { readonly [name: string]: ConditionManifest };
  readonly searchable?: readonly string[];
  readonly rules?: RulesManifest;
  readonly tenant?: string | TenantManifest;
  /** of a table that the compiler declares: where its columns stand, instead of under `columns` */
  readonly columnsAt?: "fields";
}

/** A `-` before the column's name is descending, in both forms. */
export type OrderManifest =
  | string
  | { readonly column: string; readonly descending?: boolean; readonly nulls?: "first" | "last" };

/** `public`, `user`, a role, or a list of roles. */
export type AudienceManifest = string | readonly string[];

/** What may stand behind a relation's name in `with`; `true` loads it as it is. */
export interface WithManifest {
  readonly select?: readonly string[];
  readonly where?: ConditionManifest;
  readonly with?: { readonly [relation: string]: WithManifest | true };
  readonly orderBy?: readonly OrderManifest[];
  readonly limit?: number | string;
  readonly offset?: number | string;
  /** what is reckoned over the rows of a relation to many */
  readonly aggregate?: { readonly [name: string]: MeasureManifest };
  /** the rows, too, beside `aggregate` */
  readonly rows?: boolean;
}

/** Exactly one function is there, over a column, a path of relations that ends with one, or `all`. */
export interface MeasureManifest {
  readonly count?: string;
  readonly sum?: string;
  readonly avg?: string;
  readonly min?: string;
  readonly max?: string;
  readonly distinct?: boolean;
  readonly where?: ConditionManifest;
}

export interface ErrorManifest {
  readonly status: number;
  readonly message: string;
}

export type ExpectManifest = "one" | "some" | "none" | number | { readonly min?: number; readonly max?: number };

/** Exactly one verb is there: `get list page` or `handler` in a query, `insert update upsert delete` or `handler` in a mutation. */
export interface OperationManifest extends Omit<WithManifest, "select" | "aggregate" | "rows"> {
  /** columns; measures by name for `aggregate` */
  readonly select?: readonly string[] | { readonly [name: string]: MeasureManifest };
  readonly aggregate?: string;
  readonly groupBy?: readonly string[];
  readonly having?: ConditionManifest;
  readonly total?: boolean;
  readonly description?: string;
  readonly auth?: AudienceManifest;
  readonly as?: "system";
  readonly because?: string;
  /** a name of `limits`, or a limit of its own */
  readonly rateLimit?: string | RateLimitManifest | false;
  readonly args?: { readonly [name: string]: TypeManifest | string };
  readonly errors?: { readonly [code: string]: ErrorManifest };
  readonly get?: string;
  readonly list?: string;
  readonly page?: string;
  readonly insert?: string;
  readonly update?: string;
  readonly upsert?: string;
  readonly delete?: string;
  readonly handler?: string;
  readonly sql?: string;
  readonly steps?: { readonly [name: string]: StepManifest };
  readonly after?: AfterManifest;
  /** why rows are read or sorted without an index */
  readonly scan?: string;
  /** of a single write; steps have their own */
  readonly else?: ElseManifest;
  readonly distinct?: boolean;
  readonly size?: { readonly default?: number; readonly max?: number };
  readonly bothWays?: boolean;
  readonly input?: readonly string[];
  readonly values?: { readonly [column: string]: Constant };
  readonly set?: { readonly [column: string]: Constant };
  /** of an `upsert`: columns of a unique key */
  readonly conflict?: readonly string[];
  /** a write is done for each of these */
  readonly each?: EachManifest;
  readonly all?: boolean;
  /** of a `delete`: tables whose rows go along, and whose rules are not asked */
  readonly cascades?: readonly string[];
  readonly expect?: ExpectManifest;
  /** columns of the written row; by step where there are steps; a type for a handler and for `sql` */
  readonly returns?: readonly string[] | { readonly [step: string]: readonly string[] } | TypeManifest | string;
}

/** A list that is sent (`$args.lines`), or rows of a table. */
export type EachManifest = string | { readonly list: string; readonly where?: ConditionManifest };

/** A declared error, or one for each way to be refused. */
export type ElseManifest = string | { readonly notFound?: string; readonly unique?: string; readonly check?: string };

/** Exactly one verb is there. */
export interface StepManifest {
  readonly get?: string;
  readonly aggregate?: string;
  readonly select?: { readonly [name: string]: MeasureManifest };
  readonly insert?: string;
  readonly update?: string;
  readonly upsert?: string;
  readonly delete?: string;
  readonly check?: {
    readonly table: string;
    readonly where?: ConditionManifest;
    readonly is: "some" | "none";
    readonly else?: ElseManifest;
  };
  readonly each?: EachManifest;
  readonly where?: ConditionManifest;
  readonly all?: boolean;
  readonly cascades?: readonly string[];
  readonly conflict?: readonly string[];
  readonly values?: { readonly [column: string]: Constant };
  readonly set?: { readonly [column: string]: Constant };
  readonly expect?: ExpectManifest;
  readonly else?: ElseManifest;
}

/** A mutation that runs when this one is committed. */
export interface AfterManifest {
  readonly run: string;
  readonly args?: { readonly [name: string]: Constant };
}

export interface AuthManifest {
  readonly emailPassword?:
    | true
    | { readonly minLength?: number; readonly maxLength?: number; readonly verify?: boolean };
  readonly emailCode?: true | { readonly length?: number; readonly minutes?: number };
  readonly magicLink?: true | { readonly minutes?: number };
  /** by the name of the service, its settings by name */
  readonly social?: { readonly [service: string]: { readonly [setting: string]: string } };
  readonly mail?: string;
  readonly session?: { readonly days?: number; readonly refreshDays?: number };
  readonly roles?: readonly string[];
  readonly secret?: string;
  readonly trustedOrigins?: readonly string[];
  readonly limits?: { readonly signIn?: false | LimitManifest };
  readonly user?: Pick<TableManifest, "relations" | "conditions" | "rules" | "indexes"> & {
    readonly fields?: { readonly [name: string]: ColumnManifest | string };
  };
}

export interface Manifest {
  /** the root document: the place of what the whole manifest lacks */
  readonly root: Place;
  readonly name: Declared<string>;
  readonly description?: string;
  readonly database?: Declared<DatabaseManifest>;
  readonly worker?: Declared<WorkerManifest>;
  readonly cors?: Declared<{ readonly origins: readonly string[] }>;
  readonly auth?: Declared<AuthManifest>;
  readonly defaults?: Declared<{ readonly auth?: AudienceManifest; readonly rateLimit?: string }>;
  readonly limits: DeclaredMap<RateLimitManifest>;
  readonly enums: DeclaredMap<readonly string[]>;
  readonly types: DeclaredMap<TypeManifest | string>;
  readonly tables: DeclaredMap<TableManifest>;
  readonly queries: DeclaredMap<OperationManifest>;
  readonly mutations: DeclaredMap<OperationManifest>;
}
