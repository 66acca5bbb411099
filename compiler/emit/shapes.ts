import type { Shape } from "../../runtime/wire/shape.ts";
import type { Operation } from "../ir/operation.ts";
import { resultOf } from "../ir/result.ts";
import { rowShape, shapeOf } from "../plan/shape.ts";
import { rowsOf } from "./types.ts";

/** What of an operation's result is not the same in JavaScript as on the wire; undefined when all is. */
export function resultConversion(operation: Operation): Shape | undefined {
  return conversionOf(resultShape(operation));
}

function resultShape(operation: Operation): Shape {
  const { body } = operation;
  if (body.kind === "handler" || body.kind === "sql" || body.kind === "steps") {
    const result = resultOf(operation);
    return result ? shapeOf(result.type) : "json";
  }
  const row = rowShape(rowsOf(operation)!);
  if (body.kind === "page") return { object: { rows: { array: row } } };
  if (body.kind === "aggregate") return body.groupBy ? { array: row } : row;
  const single = "single" in body ? body.single : body.kind !== "list" && !("each" in body && body.each);
  return single ? row : { array: row };
}

/** A shape without the parts that JSON carries as they are. */
export function conversionOf(shape: Shape): Shape | undefined {
  if (shape === "timestamp" || shape === "bigint" || shape === "bytes") return shape;
  if (typeof shape === "string" || "decimal" in shape) return undefined;
  if ("array" in shape) {
    const items = conversionOf(shape.array);
    return items && { array: items };
  }
  const properties = Object.entries(shape.object).flatMap(([name, property]) => {
    const part = conversionOf(property);
    return part ? [[name, part] as const] : [];
  });
  return properties.length > 0 ? { object: Object.fromEntries(properties) } : undefined;
}
