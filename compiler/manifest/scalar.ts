/** Thrown by a quick reader, and caught by it: another reader must look at the text, whether it is wrong or only rare. */
export class Unusual extends Error {}

const words: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** What begins so may be something else than text. */
const doubtful = /^[-+.~\dtfn]/i;
const usualNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
/** Other ways to write a number or a word; some of them are no YAML. */
const other = /^(?:[-+.]*(?:\d[\d.]*(?:e[-+]?\d*)?|0x[\da-f]*|0o\d*|inf|nan)|~|true|false|null)$/i;

/** What a text without quotes means: YAML 1.2's core schema. */
export function textValue(written: string): unknown {
  if (!doubtful.test(written)) return written;
  const word = words.get(written);
  if (word !== undefined) return word;
  if (usualNumber.test(written)) {
    const value = Number(written);
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new Unusual();
    return value;
  }
  if (other.test(written)) throw new Unusual();
  return written;
}

/** What a text in quotes means. Escapes are those of JSON: YAML has them too, and more, which are left to another reader. */
export function quotedText(written: string): string {
  const inner = written.slice(1, -1);
  if (written.startsWith("'")) return inner.includes("'") ? inner.replaceAll("''", "'") : inner;
  if (!inner.includes("\\")) return inner;
  const text = unescaped(written);
  if (/\0|\p{Surrogate}/u.test(text)) throw new Unusual();
  return text;
}

function unescaped(written: string): string {
  try {
    return JSON.parse(written) as string;
  } catch {
    throw new Unusual();
  }
}
