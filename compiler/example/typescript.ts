import type { Constant, Property, Type } from "../ir/type.ts";
import type { ExampleCall } from "./call.ts";

/** A call as a line with the generated client. */
export function typescriptLine({ operation: { kind, name, args: declared }, args }: ExampleCall): string {
  const of = kind === "query" ? "queries" : "mutations";
  const written = [...args].map(([arg, value]) => `${arg}: ${literal(value, declared.get(arg)!.type)}`);
  const object = written.length === 0 ? "" : `{ ${written.join(", ")} }`;
  return `const result = await client.${of}.${name.replaceAll("/", ".")}(${object});`;
}

/** A value in wire form as the client takes it. */
function literal(value: Constant, type: Type): string {
  if (value === null) return "null";
  switch (type.kind) {
    case "bigint":
      return `${value}n`;
    case "timestamp":
      return `new Date(${JSON.stringify(value)})`;
    case "bytes":
      return `new Uint8Array([${[...atob(String(value))].map((char) => char.charCodeAt(0)).join(", ")}])`;
    case "array":
      return `[${(value as readonly Constant[]).map((item) => literal(item, type.items.type)).join(", ")}]`;
    case "object":
      return objectLiteral(value as { readonly [name: string]: Constant }, type.properties);
    default:
      return JSON.stringify(value);
  }
}

function objectLiteral(value: { readonly [name: string]: Constant }, properties: ReadonlyMap<string, Property>) {
  const members = Object.entries(value).map(([name, item]) => `${name}: ${literal(item, properties.get(name)!.type)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}
