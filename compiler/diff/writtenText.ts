import type { Assignment } from "../ir/assignment.ts";
import { type Naming, operandText, unmarked } from "./conditionText.ts";

/** The value as it stands in `set`; an argument that may be absent keeps the column then, which the argument tells. */
export function writtenText({ value }: Assignment, name: Naming): string {
  return "by" in value
    ? `{ ${value.kind}: ${unmarked(operandText(value.by, name))} }`
    : unmarked(operandText(value, name));
}
