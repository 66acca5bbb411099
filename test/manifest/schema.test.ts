import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Node = { readonly [key: string]: unknown };

const schema = JSON.parse(readFileSync(new URL("../../appflare.schema.json", import.meta.url), "utf8")) as Node;
const definitions = schema.$defs as { readonly [name: string]: Node };

/** All schemas that stand in the file, with the way to them. */
function* schemas(node: Node, path: string): Generator<[string, Node]> {
  yield [path, node];
  for (const [keyword, value] of Object.entries(node)) {
    const isNamed = keyword === "properties" || keyword === "$defs";
    const isSchema =
      ["items", "additionalProperties", "propertyNames", "if", "then"].includes(keyword) && value !== false;
    const inner = isSchema ? { "": value } : isNamed || Array.isArray(value) ? (value as object) : {};
    for (const [name, schema] of Object.entries(inner)) {
      if (keyword !== "examples" && typeof schema === "object")
        yield* schemas(schema as Node, `${path}/${keyword}/${name}`);
    }
  }
}

function resolved(node: Node): Node {
  const name = typeof node.$ref === "string" ? node.$ref.slice("#/$defs/".length) : undefined;
  return name === undefined ? node : { ...resolved(definitions[name]!), ...node };
}

const all = [...schemas(schema, "#")];
const properties = all.flatMap(([path, node]) =>
  Object.entries((node.properties ?? {}) as { [key: string]: Node }).map(
    ([key, inner]) => [`${path}/${key}`, inner] as const,
  ),
);

test("every property has a description and examples", () => {
  const bare = properties.filter(([, node]) => !resolved(node).description || !resolved(node).examples);
  expect(bare.map(([path]) => path)).toEqual([]);
  expect(properties.length).toBeGreaterThan(150);
});

test("every map is closed, but for those that hold what the schema cannot know", () => {
  const open = all.filter(([, { type, properties, additionalProperties, oneOf }]) => {
    const isMap = type === "object" || (Array.isArray(type) && type.includes("object"));
    return isMap && (properties || type === "object") && additionalProperties === undefined && !oneOf;
  });
  // `if: { type: object }` asks; the others hold what is checked when names are known
  expect(open.map(([path]) => path).filter((path) => !path.endsWith("/if/"))).toEqual([
    "#/properties/worker/properties/wrangler",
    "#/$defs/condition",
    "#/$defs/values",
    "#/$defs/set",
  ]);
});

test("every definition is used", () => {
  const used = new Set(all.map(([, { $ref }]) => $ref));
  expect(Object.keys(definitions).filter((name) => !used.has(`#/$defs/${name}`))).toEqual([]);
});
