import type { Place } from "../manifest/place.ts";
import type { Operand } from "./condition.ts";
import type { Column } from "./table.ts";

/** A column and what is written to it. */
export interface Assignment {
  readonly column: Column;
  readonly value:
    | Operand
    /** `{ increment: n }` and its kin: the column's own value with the operand applied */
    | { readonly kind: "increment" | "decrement" | "multiply"; readonly by: Operand };
  readonly place: Place;
}
