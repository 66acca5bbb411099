import type { Place } from "../manifest/place.ts";
import type { Lowering } from "./draft.ts";
import { reservedInSql, snakeCase } from "./names.ts";
import { lowerText } from "./texts.ts";

/**
 * The SQL name of a table, column or index: what `sqlName` says, or the manifest's name in snake_case.
 *
 * @param of what it names: an index is named among tables
 * @param place of the declaration that may hold `sqlName`
 */
export function sqlNameOf(
  lowering: Lowering,
  of: keyof typeof reservedInSql,
  name: string,
  written: string | undefined,
  place: Place,
): string {
  const at = written === undefined ? place : place.at("sqlName");
  const text = written === undefined ? snakeCase(name) : lowerText(written, at, lowering);
  if (text !== undefined && reservedInSql[of].test(text)) {
    lowering.report("name/reserved-sql", at, [text], written === undefined ? { at: "key" } : {});
  }
  return text ?? snakeCase(name);
}
