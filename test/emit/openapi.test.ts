import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { generate } from "./compileSpec.ts";

interface Document {
  readonly openapi: string;
  readonly paths: { readonly [path: string]: { readonly [method: string]: OperationObject } };
  readonly components: {
    readonly schemas: { readonly [name: string]: object };
    readonly responses: object;
    readonly parameters?: object;
  };
}

interface OperationObject {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema?: object;
    readonly content?: object;
  }[];
  readonly responses: { readonly [status: string]: object };
}

/** Every value below a value. */
function* walk(value: unknown): Generator<{ readonly [key: string]: unknown }> {
  if (typeof value !== "object" || value === null) return;
  yield value as { readonly [key: string]: unknown };
  for (const inner of Object.values(value)) yield* walk(inner);
}

describe.each(["minimal", "taskboard", "library", "places", "hostile-names", "kitchen-sink", "workspace"])(
  "openapi.json of %s",
  (spec) => {
    const file = generate(`specs/${spec}/appflare.yaml`).find(({ path }) => path === "openapi.json")!;
    const document = JSON.parse(file.contents) as Document;
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

    const declared = Object.entries(document.paths).flatMap(([path, methods]) =>
      path.startsWith("/auth/") ? [] : [methods],
    );

    test("every reference leads somewhere", () => {
      const references = [...walk(document)].flatMap(({ $ref }) => (typeof $ref === "string" ? [$ref] : []));
      expect(references.length).toBeGreaterThan(0);
      for (const reference of references) {
        const target = reference
          .slice(2)
          .split("/")
          .reduce<unknown>((at, key) => (at as { [key: string]: unknown })[key], document);
        expect(target, reference).toBeTypeOf("object");
      }
    });

    test("operations have ids of their own and say what they answer", () => {
      const ids = operations.map(({ operationId }) => operationId);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[a-zA-Z]\w*$/);
      for (const { responses } of operations) expect(Object.keys(responses)).toContain(responses[302] ? "302" : "200");
    });

    test("parameters say how they stand in the query string", () => {
      for (const { parameters = [] } of declared.flatMap(({ get }) => get ?? [])) {
        for (const parameter of parameters) {
          expect(parameter.in).toBe("query");
          expect([parameter.schema, parameter.content].filter((one) => one !== undefined)).toHaveLength(1);
        }
      }
    });

    test("mutations take a key, described once", () => {
      const mutations = declared.flatMap(({ post }) => post ?? []);
      for (const { parameters, responses } of mutations) {
        expect(parameters).toEqual([{ $ref: "#/components/parameters/idempotency_key" }]);
        expect(responses[409]).toBeDefined();
      }
      const { parameters } = document.components;
      if (mutations.length === 0) expect(parameters).toBeUndefined();
      else expect(parameters).toMatchObject({ idempotency_key: { name: "idempotency-key", in: "header" } });
    });

    test("its schemas are JSON Schema, and its names may stand in a reference", () => {
      const ajv = new Ajv2020({ strict: false, validateFormats: false });
      for (const [name, schema] of Object.entries(document.components.schemas)) {
        expect(name).toMatch(/^[\w.-]+$/);
        expect(ajv.validateSchema(schema), name).toBe(true);
      }
      for (const name of Object.keys(document.components.responses)) expect(name).toMatch(/^[\w.-]+$/);
    });
  },
);

test("a row of which nothing is left out goes by its name, alone and beside what is loaded", () => {
  const { components } = JSON.parse(
    generate("specs/taskboard/appflare.yaml").find(({ path }) => path === "openapi.json")!.contents,
  );
  const row = { $ref: "#/components/schemas/TasksRow" };
  const { schemas } = components;
  const results = JSON.stringify(Object.entries(schemas).filter(([name]) => name.endsWith("Result")));
  expect(results).toContain(JSON.stringify(row));
  expect(results).toMatch(/"allOf":\[\{"\$ref":"#\/components\/schemas\/\w+Row"\},\{"type":"object"/);
  expect(schemas.TasksRow.required).toEqual(Object.keys(schemas.TasksRow.properties));
});
