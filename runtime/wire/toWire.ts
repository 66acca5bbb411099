import { bytesToBase64 } from "./base64.ts";
import type { Shape } from "./shape.ts";

/** A JavaScript value that is not of its shape. `path` reads like `lines.0.sku`; empty for the value itself. */
export class ShapeError extends TypeError {
  readonly path: string;
  readonly problem: string;

  constructor(path: string, problem: string) {
    super(path === "" ? problem : `${path}: ${problem}`);
    this.name = "ShapeError";
    this.path = path;
    this.problem = problem;
  }
}

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return "a Date";
  if (value instanceof Uint8Array) return "a Uint8Array";
  if (value === undefined) return "nothing";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function mismatch(path: string, expected: string, value: unknown): ShapeError {
  return new ShapeError(path, `expected ${expected}, got ${nameOf(value)}`);
}

/** The scalars whose JavaScript value is the wire value. */
const SAME = { string: "string", number: "number", boolean: "boolean" } as const;

function scalar(value: unknown, shape: Extract<Shape, string> | { readonly decimal: number }, path: string): unknown {
  switch (shape) {
    case "json":
      return value;
    case "timestamp":
      if (!(value instanceof Date)) throw mismatch(path, "a Date", value);
      if (Number.isNaN(value.getTime())) throw new ShapeError(path, "the Date is invalid");
      return value.toISOString();
    case "bigint":
      if (typeof value !== "bigint") throw mismatch(path, "a bigint", value);
      return String(value);
    case "bytes":
      if (!(value instanceof Uint8Array)) throw mismatch(path, "a Uint8Array", value);
      return bytesToBase64(value);
  }
  const expected = SAME[typeof shape === "string" ? shape : "string"];
  if (typeof value !== expected) throw mismatch(path, `a ${expected}`, value);
  if (expected === "number" && !Number.isFinite(value)) throw new ShapeError(path, `${value} has no JSON form`);
  return value;
}

function object(value: unknown, shapes: { readonly [property: string]: Shape }, path: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw mismatch(path, "an object", value);
  const wire: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(value)) {
    if (property === undefined) continue;
    const below = path === "" ? name : `${path}.${name}`;
    if (!Object.hasOwn(shapes, name)) throw new ShapeError(below, "there is no such property");
    wire[name] = toWire(property, shapes[name]!, below);
  }
  return wire;
}

/**
 * A JavaScript value in its wire form, a new one: Date, bigint and Uint8Array become text, properties that are undefined are left
 * out. Null passes every shape.
 *
 * @throws ShapeError where the value is not of the shape, or has a property that the shape does not know
 */
export function toWire(value: unknown, shape: Shape, path = ""): unknown {
  if (value === null) return null;
  if (typeof shape === "string" || "decimal" in shape) return scalar(value, shape, path);
  if ("object" in shape) return object(value, shape.object, path);
  if (!Array.isArray(value)) throw mismatch(path, "an array", value);
  return value.map((item, index) => toWire(item, shape.array, path === "" ? String(index) : `${path}.${index}`));
}
