import type { Place } from "./place.ts";
import type { Schema } from "./schema.ts";

/** A value that does not have the shape that the schema gives it, as the validator says it. */
export interface Mistake {
  /** the JSON Schema keyword that does not hold */
  readonly keyword: string;
  readonly params: { readonly [name: string]: unknown };
  /** the schema that has the keyword */
  readonly schema: Schema;
  readonly value: unknown;
  /** where the value stands; the map, when it is a key that is wrong */
  readonly place: Place;
  /** the key whose name is wrong */
  readonly propertyName?: string;
}
