import { decodeText, TextError } from "../wire/decodeText.ts";
import type { Shape } from "../wire/shape.ts";
import type { Args } from "./args.ts";
import { type Detail, invalidArguments, Refusal } from "./errors.ts";
import { lookup } from "./lookup.ts";

const PAGE_SHAPES: { readonly [name: string]: Shape } = { cursor: "string", size: "number" };

function decodeComponent(text: string): string {
  return decodeURIComponent(text.includes("+") ? text.replaceAll("+", " ") : text);
}

function plain(text: string): boolean {
  return !text.includes("%") && !text.includes("+");
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

function tooLarge(maxBytes: number): Refusal {
  return new Refusal(413, "too_large", `The body is larger than ${maxBytes} bytes.`);
}

/** The body as text, read no further than the limit where its length is not known beforehand. */
async function bodyText(request: Request, maxBytes: number): Promise<string> {
  const declared = request.headers.get("content-length");
  if (declared !== null) {
    if (Number(declared) > maxBytes) throw tooLarge(maxBytes);
    return request.text();
  }
  if (request.body === null) return "";
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  const reader = request.body.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    bytes += chunk.value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      throw tooLarge(maxBytes);
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
  return text + decoder.decode();
}

/**
 * The arguments in a request's JSON body; an empty body is no arguments. The content type does not matter as long as it parses.
 *
 * @throws Refusal 413 for a body above the limit, 400 for one that is no JSON object
 */
export async function bodyArguments(request: Request, maxBytes: number): Promise<Args> {
  const text = await bodyText(request, maxBytes);
  if (text === "") return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw invalidArguments([{ path: "", message: "The body is not valid JSON." }]);
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw invalidArguments([{ path: "", message: "The body must be a JSON object of arguments." }]);
  }
  return body as Args;
}
