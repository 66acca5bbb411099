const QUOTE = '"';
const COLON = 58;
const BACKSLASH = 92;

/**
 * Whether an object in a JSON text has a name twice: of such a pair parsers keep one, and not all the same one, so what a proxy has
 * looked at need not be what is stored. As many names as there are colons is the sign that no name was lost.
 *
 * @param value what the text was parsed to
 */
export function hasRepeatedName(json: string, value: unknown): boolean {
  return colonsIn(json) !== namesIn(value);
}

/** Colons outside of strings. The text is known to be JSON. */
function colonsIn(json: string): number {
  let count = 0;
  let at = 0;
  while (at < json.length) {
    const opening = json.indexOf(QUOTE, at);
    const end = opening < 0 ? json.length : opening;
    for (let index = at; index < end; index += 1) if (json.charCodeAt(index) === COLON) count += 1;
    at = opening < 0 ? end : closing(json, opening) + 1;
  }
  return count;
}

/** Where a string ends: at the first quote with an even number of backslashes before it. */
function closing(json: string, opening: number): number {
  for (let quote = json.indexOf(QUOTE, opening + 1); ; quote = json.indexOf(QUOTE, quote + 1)) {
    let first = quote;
    while (json.charCodeAt(first - 1) === BACKSLASH) first -= 1;
    if ((quote - first) % 2 === 0) return quote;
  }
}

/** Names of all objects. The way down is a list and not the stack: a body may be nested as deeply as it is long. */
function namesIn(value: unknown): number {
  let count = 0;
  const rest = typeof value === "object" && value !== null ? [value] : [];
  while (rest.length > 0) {
    const next = rest.pop() as object;
    const children: readonly unknown[] = Array.isArray(next) ? next : Object.values(next);
    if (children !== next) count += children.length;
    for (const child of children) if (typeof child === "object" && child !== null) rest.push(child);
  }
  return count;
}
