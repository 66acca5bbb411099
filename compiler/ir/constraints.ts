import type { TypeManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import { show } from "./constants.ts";
import { bigintText, compareNumbers, decimalText } from "./numbers.ts";
import type { Report } from "./report.ts";
import type { TypeKind } from "./type.ts";

const bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"] as const;

/** Which constraints each type knows. */
const known: { readonly [K in TypeKind]: readonly (keyof TypeManifest)[] } = {
  string: ["minLength", "maxLength", "pattern", "format"],
  integer: bounds,
  number: bounds,
  bigint: bounds,
  decimal: ["scale", ...bounds],
  boolean: [],
  uuid: [],
  timestamp: [],
  date: [],
  json: [],
  bytes: ["minLength", "maxLength"],
  enum: [],
  array: ["items", "minItems", "maxItems", "uniqueItems"],
  object: ["properties"],
};

/** In the order in which types have them: the order of keys in the manifest means nothing. */
const all = new Set(Object.values(known).flat());

export interface Constraints {
  readonly [name: string]: number | string | boolean;
}

/**
 * The constraints that a type's long form writes down, in the type's own unit; without `items` and `properties`.
 * Undefined when one of them is wrong, which is said.
 */
export function lowerConstraints(
  manifest: TypeManifest,
  kind: TypeKind,
  scale: number,
  place: Place,
  report: Report,
): Constraints | undefined {
  const constraints: { [name: string]: number | string | boolean } = {};
  let whole = true;
  for (const name of all) {
    if (manifest[name] === undefined) continue;
    if (!known[kind].includes(name)) {
      const takes = known[kind].length === 0 ? "It takes none." : `It takes ${known[kind].join(", ")}.`;
      report("type/foreign-constraint", place.at(name), [name, kind], { at: "key", hint: takes });
      whole = false;
      continue;
    }
    if (name === "items" || name === "properties") continue;
    const value = normalized(name, manifest[name] as number | string | boolean, kind, scale);
    if (value === undefined) {
      report("type/bad-constraint", place.at(name), [name, show(manifest[name]), kind]);
      whole = false;
    } else constraints[name] = value;
  }
  return whole ? constraints : undefined;
}

function normalized(name: string, value: number | string | boolean, kind: TypeKind, scale: number) {
  if (name === "pattern") return isPattern(String(value)) ? value : undefined;
  if (!(bounds as readonly string[]).includes(name)) return value;
  const bound = boundOf(value as number | string, kind, scale);
  return bound !== undefined && name === "multipleOf" && compareNumbers(bound, 0) <= 0 ? undefined : bound;
}

function boundOf(value: number | string, kind: TypeKind, scale: number): number | string | undefined {
  if (kind === "bigint") return bigintText(value);
  if (kind === "decimal") return decimalText(value, scale);
  const right = kind === "integer" ? Number.isSafeInteger(value) : Number.isFinite(value);
  return right ? value : undefined;
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, "u");
    return true;
  } catch {
    return false;
  }
}

/** Pairs that leave no value when the first is above the second. */
const ranges = [
  ["minLength", "maxLength"],
  ["minItems", "maxItems"],
  ["minimum", "maximum"],
  ["exclusiveMinimum", "maximum"],
  ["minimum", "exclusiveMaximum"],
  ["exclusiveMinimum", "exclusiveMaximum"],
] as const;

/** The pair of constraints that no value can meet, if there is one. */
export function emptyRange(constraints: Constraints): readonly [string, string] | undefined {
  return ranges.find(([low, high]) => {
    const [least, most] = [constraints[low], constraints[high]];
    if (least === undefined || most === undefined) return false;
    const order = compareNumbers(least as number | string, most as number | string);
    return low.startsWith("exclusive") || high.startsWith("exclusive") ? order >= 0 : order > 0;
  });
}
