import type { JsonValue } from "../wire/jsonValue.ts";

/*
 * Types of the conditions that `ctx.db` takes, generic over the generated `Tables`.
 */

export type Row<T, N extends keyof T> = T[N] extends { row: infer R } ? R : never;
export type Relations<T, N extends keyof T> = T[N] extends { relations: infer R } ? R : never;
type Conditions<T, N extends keyof T> = T[N] extends { conditions: infer C extends string } ? C : never;
export type Target<T, R> = R extends { table: infer N extends keyof T } ? N : never;
export type ColumnName<T, N extends keyof T> = keyof Row<T, N> & string;
type Scalar = string | number | bigint | boolean | Date | Uint8Array;

/** A value, or another column of the same row. */
type Operand<V, R> = V | { column: keyof R & string };

interface TextOperators<R> {
  contains?: Operand<string, R>;
  startsWith?: Operand<string, R>;
  endsWith?: Operand<string, R>;
  caseSensitive?: boolean;
}

interface Operators<V, R> {
  eq?: Operand<V, R>;
  ne?: Operand<V, R>;
  in?: readonly V[];
  notIn?: readonly V[];
  gt?: Operand<NonNullable<V>, R>;
  gte?: Operand<NonNullable<V>, R>;
  lt?: Operand<NonNullable<V>, R>;
  lte?: Operand<NonNullable<V>, R>;
  isNull?: boolean;
}

/** Of any JSON only whether there is some may be asked; of lists and objects what they hold. */
type ColumnCondition<V, R> = [JsonValue] extends [V]
  ? { isNull: boolean } | Extract<V, null>
  : [NonNullable<V>] extends [Scalar]
    ? V | (Operators<V, R> & ([NonNullable<V>] extends [string] ? TextOperators<R> : unknown))
    : [NonNullable<V>] extends [readonly (infer Item)[]]
      ? ListOperators<Item, R> | Extract<V, null>
      : ObjectCondition<NonNullable<V>, R> | { isNull: boolean } | Extract<V, null>;

interface ListOperators<Item, R> {
  includes?: readonly Operand<Item, R>[];
  includesAny?: readonly Operand<Item, R>[];
  length?: number | Operators<number, R>;
  some?: ColumnCondition<Item, R>;
  every?: ColumnCondition<Item, R>;
  none?: ColumnCondition<Item, R>;
  isNull?: boolean;
}

type ObjectCondition<V, R> = { [P in keyof V]?: ColumnCondition<V[P], R> } | readonly ObjectCondition<V, R>[];

type RelationCondition<T, R> = R extends { kind: "one" | "hasOne" }
  ? Where<T, Target<T, R>> | null
  : { some?: Where<T, Target<T, R>>; every?: Where<T, Target<T, R>>; none?: Where<T, Target<T, R>> };

/** A condition over rows of a table: a map is AND, a list is OR. */
export type Where<T, N extends keyof T> = WhereMap<T, N> | readonly Where<T, N>[] | Conditions<T, N>;

type WhereMap<T, N extends keyof T> = {
  [C in keyof Row<T, N>]?: ColumnCondition<Row<T, N>[C], Row<T, N>>;
} & { [R in keyof Relations<T, N>]?: RelationCondition<T, Relations<T, N>[R]> } & {
  [A in AggregateName<T, N>]?: { readonly [measure: string]: unknown };
} & {
  all?: readonly Where<T, N>[];
  any?: readonly Where<T, N>[];
  not?: Where<T, N>;
  near?: Near<Row<T, N>>;
} & (T[N] extends { search: true } ? { search?: string } : unknown);

type NumberColumn<R> = { [C in keyof R]: [NonNullable<R[C]>] extends [number] ? C : never }[keyof R];

/** At most so many metres from a place, in degrees; the columns hold the row's own latitude and longitude. */
interface Near<R> {
  latitude: number | undefined;
  longitude: number | undefined;
  within: number | undefined;
  of: readonly [latitude: NumberColumn<R>, longitude: NumberColumn<R>];
}

/** What `with` reckons over a relation, by its name in the result; there only where `with` asks for it. */
export type AggregateName<T, N extends keyof T> = `${keyof Relations<T, N> & string}Aggregate`;
