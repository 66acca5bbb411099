import { mapValues } from "../../compiler/cli/test/mapValues.ts";
import type { Shape } from "../../runtime/wire/shape.ts";

/*
 * Between wire values and what a client of JavaScript has, written apart from the runtime's codecs: they are what is tested.
 */

function leaf(value: string, shape: Shape): unknown {
  if (shape === "timestamp") return new Date(value);
  if (shape === "bigint") return BigInt(value);
  if (shape === "bytes") return new Uint8Array(Buffer.from(value, "base64"));
  return value;
}

/** Whether a Date says the same as the text: it must have an offset, and a day that the calendar has. */
function isMoment(text: string): boolean {
  const [, date] = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.exec(text) ?? [];
  if (date === undefined || Number.isNaN(Date.parse(text))) return false;
  return new Date(date).toISOString().startsWith(date);
}

function matches(value: unknown, shape: Shape): boolean {
  switch (shape) {
    case "number":
    case "boolean":
      return typeof value === shape;
    case "json":
      return true;
    case "timestamp":
      return typeof value === "string" && isMoment(value);
    case "bigint":
      return typeof value === "string" && /^-?\d+$/.test(value);
    case "bytes":
      return typeof value === "string" && Buffer.from(value, "base64").toString("base64") === value;
    default:
      return typeof value === "string";
  }
}

/** Marks arguments that no typed client could send. */
export class NotOfShape extends Error {}

/**
 * Wire arguments as a caller in JavaScript would write them.
 *
 * @throws NotOfShape where a value is not of its type at all
 */
export function toJavaScript(value: unknown, shape: Shape): unknown {
  if (value === null) return null;
  if (typeof shape === "object" && "array" in shape) {
    if (!Array.isArray(value)) throw new NotOfShape();
    return value.map((item) => toJavaScript(item, shape.array));
  }
  if (typeof shape === "object" && "object" in shape) {
    if (typeof value !== "object" || Array.isArray(value)) throw new NotOfShape();
    return mapValues(value, (item, key) => {
      if (!Object.hasOwn(shape.object, key)) throw new NotOfShape();
      return toJavaScript(item, shape.object[key]!);
    });
  }
  if (!matches(value, shape)) throw new NotOfShape();
  return typeof value === "string" ? leaf(value, shape) : value;
}

/** What a client gave back, in wire form: its types must say by themselves what they are. */
export function fromJavaScript(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  return mapValues(value, fromJavaScript);
}
