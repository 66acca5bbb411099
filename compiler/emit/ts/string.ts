/** Line ends that only some readers see, direction marks that make text lie, and what has no glyph at all. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const invisible = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]|\p{Cf}|\p{Cs}/gu;

/** Not all of it stands in a literal as it is. */
const special = /[^ -~]/;
const usual = /^[ !#-[\]-~]*$/;

/** Nothing needs an escape if the quotes around it are others than those in it. */
const quoted = /^[ -#%-[\]-_a-~]*$/;

const short: { readonly [character: string]: string } = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A string as a literal of JavaScript, in the quotes that need fewer escapes; double ones when that is a tie. */
export function stringLiteral(value: string): string {
  if (usual.test(value)) return `"${value}"`;
  const doubles = value.split('"').length;
  const quote = doubles > value.split("'").length ? "'" : '"';
  const escaped = value.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`);
  return quote + visible(escaped) + quote;
}

/** A string as a literal where any expression may stand: a template where both kinds of quotes would need escapes. */
function textLiteral(value: string): string {
  if (usual.test(value)) return `"${value}"`;
  // most of what is not usual is SQL
  if (quoted.test(value)) {
    if (!value.includes('"')) return `"${value}"`;
    return value.includes("'") ? `\`${value}\`` : `'${value}'`;
  }
  const needsTemplate = value.includes('"') && value.includes("'") && !/[`\\\n]|\$\{/.test(value);
  return needsTemplate ? `\`${templateText(value)}\`` : stringLiteral(value);
}

/** A string, number, boolean or null as a literal where any expression may stand. */
export function scalarLiteral(value: string | number | boolean | null): string {
  if (typeof value === "string") return textLiteral(value);
  return Object.is(value, -0) ? "-0" : String(value);
}

/** Text for between the backticks of a template. */
export function templateText(value: string): string {
  return visible(value.replace(/[\\`]|\$(?=\{)/g, "\\$&"));
}

/** Text for a comment: nothing in it ends the comment or hides. */
export function commentText(value: string): string {
  return value
    .replaceAll("*/", "*\\/")
    .replace(/\r\n?|[\u2028\u2029\v\f\u0085]/g, "\n")
    .replace(invisible, (character) => (character === "\n" || character === "\t" ? character : ""));
}

/** Most texts are ASCII: looking through one by Unicode's properties takes far longer. */
function visible(value: string): string {
  if (!special.test(value)) return value;
  return value.replace(invisible, (character) => short[character] ?? escapeUnits(character));
}

function escapeUnits(character: string): string {
  return [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
    .join("");
}

const identifierName = /^[A-Za-z_$][\w$]*$/;

/** The name of a property in an object literal. `__proto__` is computed: written plainly it would set the prototype. */
export function propertyKey(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return identifierName.test(name) ? name : stringLiteral(name);
}

/** An access to a property: `.name`, or `["a name"]`. */
export function propertyAccess(name: string): string {
  return identifierName.test(name) ? `.${name}` : `[${stringLiteral(name)}]`;
}
