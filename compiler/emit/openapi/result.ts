import { type JsonSchema, type SchemaOptions, schemaOf } from "../../ir/jsonSchema.ts";
import type { NestedSelection, Operation, Selection } from "../../ir/operation.ts";
import { rowsOf } from "../types.ts";

/** Results are open: a client ignores what it does not know. */
const open: SchemaOptions = { enums: "reference", objects: "open" };

/** The schema of what an operation answers. */
export function resultSchema(operation: Operation): JsonSchema {
  const { body } = operation;
  if (body.kind === "handler") return body.returns ? schemaOf(body.returns, open) : { type: "null" };
  const row = rowSchema(rowsOf(operation)!);
  switch (body.kind) {
    case "get":
      return { anyOf: [row, { type: "null" }] };
    case "list":
      return { type: "array", items: row };
    case "page":
      return objectOf({
        rows: { type: "array", items: row },
        nextCursor: { type: ["string", "null"] },
        hasMore: { type: "boolean" },
      });
    case "insert":
      return row;
    default:
      return body.single ? row : { type: "array", items: row };
  }
}

function rowSchema({ columns, with: nested }: Selection): JsonSchema {
  const properties = columns.map((column) => {
    const { description } = column;
    return [column.name, { ...schemaOf(column, open), ...(description !== undefined && { description }) }] as const;
  });
  return objectOf(
    Object.fromEntries([...properties, ...nested.map((each) => [each.name, nestedSchema(each)] as const)]),
  );
}

function nestedSchema({ relation, selection, where }: NestedSelection): JsonSchema {
  const row = rowSchema(selection);
  if (relation.kind === "many" || relation.kind === "manyToMany") return { type: "array", items: row };
  return relation.kind === "one" && !relation.optional && !where ? row : { anyOf: [row, { type: "null" }] };
}

/** An object that always has all of its properties. */
function objectOf(properties: { readonly [name: string]: JsonSchema }): JsonSchema {
  return { type: "object", properties, required: Object.keys(properties) };
}
