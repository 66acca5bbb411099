/** What has no glyph, or breaks lines for some readers only. */
const invisible = /[\x7f-\x9f\u2028\u2029]|\p{Cf}/gu;

/** Columns that what stands on one line may reach. */
const lineWidth = 120;

/** A value as JSON text in which nothing hides: a property a line, but what fits on one line stands on one. */
export function printJson(value: object): string {
  return `${print(value, "", lineWidth)}\n`;
}

/**
 * Parts are printed first: what fits with all around it fits alone, so nothing is printed twice.
 *
 * @param columns that are left on the line
 */
function print(value: unknown, indent: string, columns: number): string {
  if (typeof value !== "object" || value === null) return scalar(value);
  const isList = Array.isArray(value);
  const inner = `${indent}  `;
  const entries = Object.entries(value).map(([name, item], index, { length }) => {
    const key = isList ? "" : `${scalar(name)}: `;
    const comma = index < length - 1 ? 1 : 0;
    return key + print(item, inner, lineWidth - inner.length - key.length - comma);
  });
  if (entries.length === 0) return isList ? "[]" : "{}";
  if (indent !== "" && widthOf(entries) + (isList ? 2 : 4) <= columns && !entries.some(isBroken)) {
    return isList ? `[${entries.join(", ")}]` : `{ ${entries.join(", ")} }`;
  }
  const [open, close] = isList ? "[]" : "{}";
  return `${open}\n${inner}${entries.join(`,\n${inner}`)}\n${indent}${close}`;
}

/** Columns of entries on one line, with what separates them. */
function widthOf(entries: readonly string[]): number {
  return entries.reduce((sum, entry) => sum + entry.length, 2 * (entries.length - 1));
}

const isBroken = (entry: string): boolean => entry.includes("\n");

/** Most texts are ASCII with nothing to escape. */
const usual = /^[ !#-[\]-~]*$/;

function scalar(value: unknown): string {
  if (typeof value === "string" && usual.test(value)) return `"${value}"`;
  return JSON.stringify(value).replace(invisible, escaped);
}

function escaped(character: string): string {
  const units = [...Array(character.length).keys()].map((at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
