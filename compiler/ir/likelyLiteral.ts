import { isDate } from "./formats.ts";
import type { Type } from "./type.ts";

const yes = /^(true|yes|on|y|1)$/i;
const no = /^(false|no|off|n|0)$/i;
const clock = /^(now|now\(\)|current_timestamp(\(\))?|current_date|today(\(\))?|date\.now\(\)|datetime\('now'\))$/i;

/** The literal that a value was meant to be, as YAML writes it, where its own type is not the wanted one; undefined where none comes to mind. */
export function likelyLiteral(value: unknown, { kind }: Type): string | undefined {
  if (typeof value === "object") return undefined;
  const text = String(value);
  if (kind === "boolean") return yes.test(text) ? "true" : no.test(text) ? "false" : undefined;
  if (kind === "integer") return /^-?\d{1,15}$/.test(text) ? text : undefined;
  if (kind === "number") return /^-?\d{1,15}(\.\d+)?$/.test(text) ? text : undefined;
  // a range of moments is often given by days
  if (kind === "timestamp") return isDate(text) ? `${text}T00:00:00Z` : undefined;
  const isPlain = typeof value === "number" || typeof value === "boolean";
  return kind === "string" && isPlain ? JSON.stringify(text) : undefined;
}

/** Whether a text is how SQL or JavaScript ask for the time. */
export const asksForTime = (value: unknown, { kind }: Type): boolean =>
  (kind === "timestamp" || kind === "date") && typeof value === "string" && clock.test(value);

/** Whether a text is how SQL or JavaScript make a uuid. */
export const asksForUuid = (value: unknown): boolean =>
  typeof value === "string" &&
  /^(uuid|uuidv?[47]|gen_random_uuid|newid|random_?uuid|crypto\.randomUUID)(\(\))?$/i.test(value);
