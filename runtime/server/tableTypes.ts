import type { CountedPage, Page, TwoWayPage } from "../wire/page.ts";
import type { AggregateName, ColumnName, Relations, Row, Target, Where } from "./conditionTypes.ts";
import type { AggregateOptions, Measures, Results } from "./measureTypes.ts";

/*
 * Types of `ctx.db`, generic over the generated `Tables`:
 *
 *   interface Tables {
 *     tasks: {
 *       row: TasksRow;
 *       insert: TasksInsert;
 *       relations: { project: { table: "projects"; kind: "one"; optional: false } };
 *     };
 *   }
 */

export interface TableTypes {
  row: object;
  insert: object;
  relations: object;
  /** names of the table's conditions */
  conditions?: string;
  /** there where columns of the table are searched */
  search?: true;
}

type Insert<T, N extends keyof T> = T[N] extends { insert: infer I } ? I : never;

/** By how well rows meet the `near` or `search` of the same `where`: the nearest, or the best match, first. */
type Rank = "distance" | "relevance";

/** A column, ascending; with a minus before it descending; or the long form. */
export type OrderBy<T, N extends keyof T> = readonly (
  | ColumnName<T, N>
  | `-${ColumnName<T, N>}`
  | Rank
  | `-${Rank}`
  | `${"" | "-"}${AggregateName<T, N>}.${string}`
  | {
      column: ColumnName<T, N> | `-${ColumnName<T, N>}` | `${"" | "-"}${AggregateName<T, N>}.${string}`;
      nulls?: "first" | "last";
    }
)[];

interface NestedOne<T, N extends keyof T> {
  select?: readonly ColumnName<T, N>[];
  with?: With<T, N>;
  where?: Where<T, N>;
}

interface NestedMany<T, N extends keyof T> extends NestedOne<T, N> {
  orderBy?: OrderBy<T, N>;
  limit?: number;
  offset?: number;
  /** what is reckoned over the rows: `<relation>Aggregate` in the result */
  aggregate?: Measures<T, N>;
  /** the rows, too, beside `aggregate` */
  rows?: true;
}

/** Which related rows come with a row, to any depth. */
export type With<T, N extends keyof T> = {
  readonly [R in keyof Relations<T, N>]?:
    | true
    | (Relations<T, N>[R] extends { kind: "one" | "hasOne" }
        ? NestedOne<T, Target<T, Relations<T, N>[R]>>
        : NestedMany<T, Target<T, Relations<T, N>[R]>>);
};

type Flat<O> = { [K in keyof O]: O[K] };

type SelectedColumns<T, N extends keyof T, O> = O extends { select: readonly (infer S)[] }
  ? S & keyof Row<T, N>
  : keyof Row<T, N>;
type SelectedWith<O> = O extends { with: infer W } ? W : unknown;

/** A row with the columns `S`, and the related rows and what is reckoned over them as `W` asks. */
export type Selected<T, N extends keyof T, S extends keyof Row<T, N>, W> = Flat<
  Pick<Row<T, N>, S> & {
    [R in keyof W & keyof Relations<T, N> as RowsComeOf<W[R]> extends true ? R : never]: Related<
      T,
      Relations<T, N>[R],
      W[R]
    >;
  } & {
    [R in keyof W & keyof Relations<T, N> & string as W[R] extends { aggregate: object }
      ? `${R}Aggregate`
      : never]: W[R] extends { aggregate: infer M } ? Results<T, Target<T, Relations<T, N>[R]>, M> : never;
  }
>;

type AsksForRows =
  | { rows: true }
  | { select: unknown }
  | { with: unknown }
  | { orderBy: unknown }
  | { limit: unknown }
  | { offset: unknown };
type RowsComeOf<O> = O extends { aggregate: object } ? (O extends AsksForRows ? true : false) : true;

type RelatedRow<T, N extends keyof T, O> = Selected<T, N, SelectedColumns<T, N, O>, SelectedWith<O>>;

type Related<T, R, O> = R extends { kind: "many" | "manyToMany" }
  ? RelatedRow<T, Target<T, R>, O>[]
  : R extends { kind: "one"; optional: false }
    ? RelatedRow<T, Target<T, R>, O> | (O extends { where: unknown } ? null : never)
    : RelatedRow<T, Target<T, R>, O> | null;

interface Read<T, N extends keyof T, S, W> {
  where?: Where<T, N>;
  select?: readonly S[];
  with?: W;
}

interface ListOptions<T, N extends keyof T, S, W> extends Read<T, N, S, W> {
  orderBy?: OrderBy<T, N>;
  limit?: number;
  offset?: number;
}

interface PageOptions<T, N extends keyof T, S, W, B, C> extends Read<T, N, S, W> {
  orderBy?: OrderBy<T, N>;
  size?: number;
  cursor?: string | null;
  /** whether the page has a `previousCursor`, too */
  bothWays?: B;
  /** whether the page tells the `total` of rows that meet `where` */
  total?: C;
}

type PageOf<R, B> = B extends true ? TwoWayPage<R> : Page<R>;

/** How many rows a write must meet: fewer are `not_found`, more a `conflict`, and nothing is written. */
export type Expect = "one" | "some" | "none" | number | { min?: number; max?: number };

/** Which rows a write meets. To write to all of them must be said. */
type Which<T, N extends keyof T> = { where: Where<T, N>; all?: never } | { all: true; where?: never };

type Arithmetic<V> = [NonNullable<V>] extends [number | bigint]
  ? { increment: NonNullable<V> } | { decrement: NonNullable<V> } | { multiply: NonNullable<V> }
  : never;

type SetValues<T, N extends keyof T> = { [C in keyof Row<T, N>]?: Row<T, N>[C] | Arithmetic<Row<T, N>[C]> };

/** The row where exactly one is expected, else rows. */
type Written<R, E> = E extends "one" | 1 ? R : R[];

/** One table of `ctx.db`. */
export interface TableAccess<T, N extends keyof T> {
  /** The row, or null; `where` must fix a unique key. */
  get<const S extends ColumnName<T, N> = ColumnName<T, N>, const W extends With<T, N> = Record<never, never>>(
    options: Read<T, N, S, W> & { where: Where<T, N> },
  ): Promise<Selected<T, N, S, W> | null>;
  list<const S extends ColumnName<T, N> = ColumnName<T, N>, const W extends With<T, N> = Record<never, never>>(
    options?: ListOptions<T, N, S, W>,
  ): Promise<Selected<T, N, S, W>[]>;
  page<
    const S extends ColumnName<T, N> = ColumnName<T, N>,
    const W extends With<T, N> = Record<never, never>,
    const B extends boolean = false,
    const C extends boolean = false,
  >(
    options?: PageOptions<T, N, S, W, B, C>,
  ): Promise<PageOf<Selected<T, N, S, W>, B> & (C extends true ? Pick<CountedPage<unknown>, "total"> : unknown)>;
  /** Measures over rows: one object, or with `groupBy` one for each group. */
  aggregate<const M extends Measures<T, N>, const G extends ColumnName<T, N> = never>(
    options: AggregateOptions<T, N, M, G>,
  ): Promise<[G] extends [never] ? Results<T, N, M> : Flat<Pick<Row<T, N>, G> & Results<T, N, M>>[]>;
  /** The row as it was written. */
  insert<const S extends ColumnName<T, N> = ColumnName<T, N>>(options: {
    values: Insert<T, N>;
    returns?: readonly S[];
  }): Promise<Pick<Row<T, N>, S>>;
  /** The rows as the write left them. */
  update<const S extends ColumnName<T, N> = ColumnName<T, N>, const E extends Expect = "some">(
    options: Which<T, N> & { set: SetValues<T, N>; expect?: E; returns?: readonly S[] },
  ): Promise<Written<Pick<Row<T, N>, S>, E>>;
  /** The row as it was written: a new one, or the one with the same columns `conflict`, changed by `set` or by what `values` say. */
  upsert<const S extends ColumnName<T, N> = ColumnName<T, N>>(options: {
    conflict: readonly ColumnName<T, N>[];
    values: Insert<T, N>;
    set?: SetValues<T, N>;
    returns?: readonly S[];
  }): Promise<Pick<Row<T, N>, S>>;
  /** The rows as they were. `cascades` names the tables with rules of their own whose rows go with them; `ctx.system` needs none. */
  delete<const S extends ColumnName<T, N> = ColumnName<T, N>, const E extends Expect = "some">(
    options: Which<T, N> & { expect?: E; cascades?: readonly (keyof T)[]; returns?: readonly S[] },
  ): Promise<Written<Pick<Row<T, N>, S>, E>>;
}
