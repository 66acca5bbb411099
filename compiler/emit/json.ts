/** What has no glyph, or breaks lines for some readers only. */
const invisible = /[\x7f-\x9f\u2028\u2029]|\p{Cf}/gu;

/** Columns that a list on one line may reach. */
const lineWidth = 120;

/** A value as JSON text in which nothing hides: a property a line, and short lists of plain values on one. */
export function printJson(value: object): string {
  return `${print(value, "", 0)}\n`;
}

/** @param before columns that stand on the line already */
function print(value: unknown, indent: string, before: number): string {
  if (typeof value !== "object" || value === null) return scalar(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const flat =
      value.every((item) => typeof item !== "object" || item === null) && `[${value.map(scalar).join(", ")}]`;
    if (flat !== false && before + flat.length < lineWidth) return flat;
    return wrap(
      "[",
      value.map((item) => print(item, inner, inner.length)),
      "]",
      indent,
    );
  }
  const entries = Object.entries(value).map(([name, item]) => {
    const key = `${scalar(name)}: `;
    return key + print(item, inner, inner.length + key.length);
  });
  return entries.length === 0 ? "{}" : wrap("{", entries, "}", indent);
}

function wrap(open: string, items: readonly string[], close: string, indent: string): string {
  return `${open}\n${indent}  ${items.join(`,\n${indent}  `)}\n${indent}${close}`;
}

function scalar(value: unknown): string {
  return JSON.stringify(value).replace(invisible, escaped);
}

function escaped(character: string): string {
  const units = [...Array(character.length).keys()].map((at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
