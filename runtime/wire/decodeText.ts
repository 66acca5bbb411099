import type { Shape } from "./shape.ts";

/** Why a text is not a value of its shape, in words that follow the argument's name. */
export class TextError extends Error {}

/** JSON's grammar of a number: no plus, no hexadecimal, no spaces, no empty text. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function decodeNumber(text: string): number {
  const number = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(number)) throw new TextError("must be a number");
  return number;
}

function decodeBoolean(text: string): boolean {
  if (text === "true") return true;
  if (text === "false") return false;
  throw new TextError("must be true or false");
}

function decodeJson(text: string, form: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TextError(`must be ${form}`);
  }
}

/**
 * The wire value that a text in a query string stands for: numbers and booleans as text, arrays, objects and any JSON as JSON,
 * all else is text itself, the empty text included. Only the form is judged here; whether the value is allowed is the validator's.
 *
 * @throws TextError when the text is not of the shape
 */
export function decodeText(text: string, shape: Shape): unknown {
  if (shape === "string") return text;
  if (text === "null" && shape !== "bytes") return null;
  if (shape === "number") return decodeNumber(text);
  if (shape === "boolean") return decodeBoolean(text);
  if (shape === "json") return decodeJson(text, "JSON");
  if (typeof shape === "object" && !("decimal" in shape))
    return decodeJson(text, "array" in shape ? "an array, written as JSON" : "an object, written as JSON");
  return text;
}
