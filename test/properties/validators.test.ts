import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { argumentsSchema, type JsonSchema, schemaOf } from "../../compiler/ir/jsonSchema.ts";
import type { Operation } from "../../compiler/ir/operation.ts";
import type { Validator } from "../../runtime/server/call.ts";
import { bundle } from "../conformance/bundle.ts";
import { compileSpec } from "../conformance/specServer.ts";
import { schemaValidator } from "./jsonSchema.ts";
import { argumentsOf, oneCase, resultOf } from "./wireValues.ts";

interface Validators {
  readonly validators: { readonly [operation: string]: Validator };
  readonly resultValidators?: { readonly [operation: string]: Validator };
}

async function generatedValidators(folder: string): Promise<Validators> {
  const path = join(folder, "validators.bundled.mjs");
  writeFileSync(path, await bundle(join(folder, "generated/validators.ts"), "node"));
  return import(pathToFileURL(path).href);
}

/** The schema of an operation's own arguments: what a page takes besides, its validator never sees. */
function ownArguments(operation: Operation): JsonSchema {
  const { properties, ...rest } = argumentsSchema(operation);
  const own = Object.entries(properties as JsonSchema).filter(([name]) => operation.args.has(name));
  return { ...rest, properties: Object.fromEntries(own) };
}

/** Both say the same of every value, and fill in the same defaults; and both get to say yes and no. */
function agree(validator: Validator, schema: JsonSchema, values: fc.Arbitrary<object>): void {
  const judge = schemaValidator(schema);
  fc.assert(
    fc.property(values, (value) => {
      const copy = JSON.parse(JSON.stringify(value)) as object;
      const filled = JSON.parse(JSON.stringify(value)) as object;
      const judged = validator(copy);
      const accepted = judge(filled);
      if ("details" in judged && accepted) expect.fail(`only the validator refuses: ${JSON.stringify(judged.details)}`);
      if ("args" in judged && !accepted) expect.fail(`only the schema refuses: ${JSON.stringify(judge.errors)}`);
      if ("args" in judged) expect(oneCase(judged.args)).toEqual(oneCase(filled));
    }),
    { numRuns: 150 },
  );
  // always the same values, so that this cannot fail by chance
  const verdicts = fc
    .sample(values, { numRuns: 300, seed: 1 })
    .map((value) => judge(JSON.parse(JSON.stringify(value))));
  expect(new Set(verdicts)).toEqual(new Set([true, false]));
}

describe.each(["taskboard", "library", "places", "kitchen-sink", "hostile-names", "workspace"])("%s", async (spec) => {
  const { app, folder } = compileSpec(spec, "validators");
  const { validators, resultValidators = {} } = await generatedValidators(folder);
  const operations = [...app.operations.values()];
  afterAll(() => rmSync(folder, { recursive: true }));

  test("every operation with arguments has a validator", () => {
    expect(Object.keys(validators)).toEqual(operations.filter(({ args }) => args.size > 0).map(({ name }) => name));
  });

  test.each(operations.filter(({ args }) => args.size > 0))("$name", (operation) => {
    agree(validators[operation.name]!, ownArguments(operation), argumentsOf(operation));
  });

  test.each(operations.filter(({ body }) => body.kind === "handler" && body.returns))(
    "result of $name",
    ({ name, body }) => {
      if (body.kind !== "handler") return;
      const schema = {
        type: "object",
        properties: { result: schemaOf(body.returns!) },
        required: ["result"],
        additionalProperties: false,
      };
      agree(resultValidators[name]!, schema, resultOf(body.returns!));
    },
  );
});
