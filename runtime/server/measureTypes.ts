import type { ColumnName, Relations, Row, Target, Where } from "./conditionTypes.ts";

/*
 * Types of what `ctx.db` measures, generic over the generated `Tables`.
 */

type Functions<C, A> = { count: C } | { sum: A } | { avg: A } | { min: A } | { max: A };
type Way<T, N extends keyof T> = keyof Relations<T, N> & string;

/** One value made of many rows: of a column, or by way of relations (`comments.points`), whose rows `where` then speaks of. */
export type Measure<T, N extends keyof T> =
  | (Functions<"all" | ColumnName<T, N>, ColumnName<T, N>> & { distinct?: boolean; where?: Where<T, N> })
  | (Functions<Way<T, N> | `${Way<T, N>}.${string}`, `${Way<T, N>}.${string}`> & {
      distinct?: boolean;
      where?: object;
    });

export interface Measures<T, N extends keyof T> {
  readonly [name: string]: Measure<T, N>;
}

type ValueAt<T, N extends keyof T, P> = P extends keyof Row<T, N>
  ? NonNullable<Row<T, N>[P]>
  : P extends `${infer R extends keyof Relations<T, N> & string}.${infer Rest}`
    ? ValueAt<T, Target<T, Relations<T, N>[R]>, Rest>
    : never;

type Result<T, N extends keyof T, M> = M extends { count: unknown }
  ? number
  : M extends { avg: unknown }
    ? number | null
    : M extends { sum: infer P } | { min: infer P } | { max: infer P }
      ? ValueAt<T, N, P> | null
      : never;

/** What comes of measures, by name. */
export type Results<T, N extends keyof T, M> = { -readonly [K in keyof M]: Result<T, N, M[K]> };

type OrderName<K extends string> = K | `-${K}`;

export interface AggregateOptions<T, N extends keyof T, M, G extends string> {
  select: M;
  where?: Where<T, N>;
  groupBy?: readonly G[];
  /** a condition over the groups' columns and measures */
  having?: { readonly [K in NoInfer<G> | (keyof NoInfer<M> & string) | "all" | "any" | "not"]?: unknown };
  orderBy?: readonly OrderName<NoInfer<G> | (keyof NoInfer<M> & string)>[];
  limit?: number;
  offset?: number;
}
