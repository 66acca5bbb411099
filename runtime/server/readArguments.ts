import { decodeText, TextError } from "../wire/decodeText.ts";
import type { Shape } from "../wire/shape.ts";
import type { Args } from "./args.ts";
import { type Detail, invalidArguments, Refusal } from "./errors.ts";
import { lookup } from "./lookup.ts";
import { hasRepeatedName } from "./repeatedNames.ts";

/** Characters of a query string: what Cloudflare takes of a whole URL. */
const LONGEST_QUERY = 16_384;

const PAGE_SHAPES: { readonly [name: string]: Shape } = { cursor: "string", size: "number" };

function decodeComponent(text: string): string {
  return decodeURIComponent(text.includes("+") ? text.replaceAll("+", " ") : text);
}

function plain(text: string): boolean {
  return !text.includes("%") && !text.includes("+");
}

/**
 * A URL, where its query string is not too long.
 *
 * @throws Refusal (413)
 */
export function queryText(url: string): string {
  const mark = url.indexOf("?");
  if (mark >= 0 && url.length - mark - 1 > LONGEST_QUERY)
    throw new Refusal(413, "too_large", `The query string is longer than ${LONGEST_QUERY} characters.`);
  return url;
}

/**
 * The arguments in a URL's query string, by the operation's shapes. A name without `=` is null: the one way to say it of a string,
 * whose empty text is a value. Names that the operation does not know are kept, for the validator to refuse.
 *
 * @throws Refusal (400) with every argument that does not decode or comes twice
 */
export function queryArguments(url: string, shapes: { readonly [name: string]: Shape }, paged: boolean): Args {
  const mark = url.indexOf("?");
  if (mark < 0) return {};
  const args: Record<string, unknown> = {};
  const details: Detail[] = [];
  for (const pair of url.slice(mark + 1).split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const rawName = equals < 0 ? pair : pair.slice(0, equals);
    let name = rawName;
    try {
      if (!plain(rawName)) name = decodeComponent(rawName);
      if (Object.hasOwn(args, name)) throw new TextError("is given more than once");
      const rawText = pair.slice(equals + 1);
      const shape = lookup(shapes, name) ?? (paged ? lookup(PAGE_SHAPES, name) : undefined) ?? "string";
      set(args, name, equals < 0 ? null : decodeText(plain(rawText) ? rawText : decodeComponent(rawText), shape));
    } catch (error) {
      if (error instanceof TextError) details.push({ path: name, message: error.message });
      else if (error instanceof URIError) details.push({ path: name, message: "is not URL-encoded UTF-8" });
      else throw error;
    }
  }
  if (details.length > 0) throw invalidArguments(details);
  return args;
}

/** Sets an own property, also one called `__proto__`. */
function set(args: Record<string, unknown>, name: string, value: unknown): void {
  if (name === "__proto__") Object.defineProperty(args, name, { value, enumerable: true });
  else args[name] = value;
}

function wrongBody(message: string): Refusal {
  return invalidArguments([{ path: "", message }]);
}

/**
 * The arguments in a request's JSON body; an empty body is no arguments. The content type does not matter as long as it parses.
 *
 * @param contentType as the request has it, to tell what came instead of JSON
 * @throws Refusal (400) for a body that is no JSON object, or has a name twice in one
 */
export function bodyArguments(text: string, contentType: string | null): Args {
  if (text === "") return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    const isOther = contentType !== null && !contentType.includes("json");
    throw wrongBody(`The body is not valid JSON${isOther ? "; send it as application/json" : ""}.`);
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw wrongBody("The body must be a JSON object of arguments.");
  }
  if (hasRepeatedName(text, body)) throw wrongBody("An object in the body has a name twice.");
  return body as Args;
}
