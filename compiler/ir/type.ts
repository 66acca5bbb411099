import type { Place } from "../manifest/place.ts";

/** A named enum of the manifest. Its members are stored as text and guarded by a CHECK. */
export interface Enum {
  readonly name: string;
  readonly members: readonly string[];
  readonly description?: string;
  readonly place: Place;
}

export type StringFormat = "uri" | "email" | "date" | "date-time" | "time" | "uuid" | "ipv4" | "ipv6" | "hostname";

/** Bounds of a numeric type, in the type's own unit. `bigint` and `decimal` write theirs as decimal text. */
export interface Bounds<N = number> {
  readonly minimum?: N;
  readonly maximum?: N;
  readonly exclusiveMinimum?: N;
  readonly exclusiveMaximum?: N;
  readonly multipleOf?: N;
}

/** What a value may be: the columns, arguments, array items and object properties of a manifest all have one. */
export type Type =
  | {
      readonly kind: "string";
      readonly minLength?: number;
      readonly maxLength?: number;
      readonly pattern?: string;
      readonly format?: StringFormat;
    }
  | ({ readonly kind: "integer" } & Bounds)
  | ({ readonly kind: "number" } & Bounds)
  | ({ readonly kind: "bigint" } & Bounds<string>)
  | ({ readonly kind: "decimal"; readonly scale: number } & Bounds<string>)
  | { readonly kind: "boolean" }
  | { readonly kind: "uuid" }
  | { readonly kind: "timestamp" }
  | { readonly kind: "date" }
  | { readonly kind: "json" }
  | { readonly kind: "bytes"; readonly minLength?: number; readonly maxLength?: number }
  | { readonly kind: "enum"; readonly enum: Enum }
  | {
      readonly kind: "array";
      readonly items: Value;
      readonly minItems?: number;
      readonly maxItems?: number;
      readonly uniqueItems?: boolean;
    }
  | {
      readonly kind: "object";
      readonly properties: ReadonlyMap<string, Property>;
      /** of a row that is read: its first properties are all columns of a table, as everybody sees them */
      readonly row?: WholeRow;
    };

/** A row as it is, under the name of its type. */
export interface WholeRow {
  readonly name: string;
  readonly columns: ReadonlyMap<string, Property>;
}

export type TypeKind = Type["kind"];
export type TypeOf<K extends TypeKind> = Extract<Type, { kind: K }>;

/** A type and whether null is a value of it. */
export interface Value {
  readonly type: Type;
  readonly nullable: boolean;
}

/** A property of an object type. An optional one may be absent; a nullable one may be null; `?` means both. */
export interface Property extends Value {
  readonly optional: boolean;
  readonly description?: string;
  /** of a row that is read: computed, so that no write takes it */
  readonly readOnly?: true;
}

/**
 * A constant of the manifest in its wire form (JSON): a timestamp is its ISO text in UTC with three digits, a bigint its
 * digits, a decimal its text with exactly `scale` digits.
 */
export type Constant = null | boolean | number | string | readonly Constant[] | { readonly [key: string]: Constant };
