import type { Row } from "./rows.ts";
import type { Value } from "./value.ts";

/** The value of a computed column: just the forms that random manifests have. */
export function evaluate(expr: string, row: Row): Value {
  const [name] = /[a-z]\w*(?!\w*\()/.exec(expr)!;
  const value = row[name]!;
  if (expr === `${name} || '!'`) return value === null ? null : `${value}!`;
  if (expr === `ifnull(${name}, '')`) return value ?? "";
  if (expr === `-${name}`) return value === null ? null : -value;
  if (expr === `${name} IS NULL`) return value === null;
  throw new Error(`The oracle cannot evaluate ${expr}`);
}
