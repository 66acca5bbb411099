import { Layout, type Notation } from "./layout.ts";

/** What has no glyph, or breaks lines for some readers only. */
const invisible = /[\x7f-\x9f\u2028\u2029]|\p{Cf}/gu;

/** Most texts are ASCII with nothing to escape. */
const usual = /^[ !#-[\]-~]*$/;

const notation: Notation = {
  scalar,
  name: (name) => ({ key: `${scalar(name)}: `, behind: "" }),
  lastComma: "",
};

/** A value as JSON text in which nothing hides: a property a line, but what fits on one line stands on one. */
export function printJson(value: object): string {
  return `${new Layout(notation).print(value, 0, 0)}\n`;
}

function scalar(value: unknown): string {
  if (typeof value !== "string") return String(value);
  if (usual.test(value)) return `"${value}"`;
  return JSON.stringify(value).replace(invisible, escaped);
}

function escaped(character: string): string {
  const units = [...Array(character.length).keys()].map((at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
