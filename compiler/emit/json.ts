/** What has no glyph, or breaks lines for some readers only. */
const invisible = /[\x7f-\x9f\u2028\u2029]|\p{Cf}/gu;

/** Columns that what stands on one line may reach. */
const lineWidth = 120;

/** A value as JSON text in which nothing hides: a property a line, but what fits on one line stands on one. */
export function printJson(value: object): string {
  return `${print(value, "", lineWidth)}\n`;
}

/** @param columns that are left on the line */
function print(value: unknown, indent: string, columns: number): string {
  if (typeof value !== "object" || value === null) return scalar(value);
  const line = indent === "" ? undefined : onOneLine(value, columns);
  if (line !== undefined) return line;
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const entries = Object.entries(value).map(([name, item], index, { length }) => {
    const key = isList ? "" : `${scalar(name)}: `;
    const comma = index < length - 1 ? 1 : 0;
    return key + print(item, inner, lineWidth - inner.length - key.length - comma);
  });
  if (entries.length === 0) return isList ? "[]" : "{}";
  const [open, close] = isList ? "[]" : "{}";
  return `${open}\n${inner}${entries.join(`,\n${inner}`)}\n${indent}${close}`;
}

/** Undefined when it takes more columns than there are. */
function onOneLine(value: unknown, columns: number): string | undefined {
  if (columns < 0) return undefined;
  if (typeof value !== "object" || value === null) return within(scalar(value), columns);
  const isList = Array.isArray(value);
  let text = "";
  for (const [name, item] of Object.entries(value)) {
    const key = isList ? "" : `${scalar(name)}: `;
    const before = text === "" ? "" : `${text}, `;
    const inner = onOneLine(item, columns - before.length - key.length);
    if (inner === undefined) return undefined;
    text = before + key + inner;
  }
  return within(isList ? `[${text}]` : text === "" ? "{}" : `{ ${text} }`, columns);
}

const within = (text: string, columns: number): string | undefined => (text.length <= columns ? text : undefined);

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
