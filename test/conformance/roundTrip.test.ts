import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mapValues } from "../../compiler/cli/test/mapValues.ts";
import { queryPath } from "../../compiler/cli/test/request.ts";
import { argumentsSchema } from "../../compiler/ir/jsonSchema.ts";
import type { Type } from "../../compiler/ir/type.ts";
import { schemaValidator } from "../properties/jsonSchema.ts";
import { argumentsOf } from "../properties/wireValues.ts";
import { closeConnections, send } from "./http.ts";
import { type SpecServer, startSpec } from "./specServer.ts";

let server: SpecServer;
beforeAll(async () => {
  server = await startSpec("kitchen-sink", "roundTrip");
});
afterAll(async () => {
  closeConnections();
  await server.stop();
});

/** The one wire form of a value. */
function canonical(value: unknown, type: Type): unknown {
  if (value === null) return null;
  switch (type.kind) {
    case "timestamp":
      return new Date(value as string).toISOString();
    case "uuid":
      return (value as string).toLowerCase();
    case "bigint":
      return String(BigInt(value as string));
    case "decimal": {
      const [whole, fraction = ""] = (value as string).split(".");
      const text = `${String(whole).replace(/^(-?)0+(?=\d)/, "$1")}${type.scale > 0 ? "." : ""}${fraction.padEnd(type.scale, "0")}`;
      return /^-[0.]+$/.test(text) ? text.slice(1) : text;
    }
    case "array":
      return (value as readonly unknown[]).map((item) => canonical(item, type.items.type));
    case "object":
      return mapValues(value, (item, name) => canonical(item, type.properties.get(name)!.type));
    default:
      return value;
  }
}

test("what is written is what is read, whatever it is", async () => {
  await server.data.reset({});
  const create = server.app.operations.get("samples/create")!;
  const isValid = schemaValidator(argumentsSchema(create));
  const values = argumentsOf(create).filter((value) => isValid(JSON.parse(JSON.stringify(value))));
  await fc.assert(
    fc.asyncProperty(values, async (args) => {
      const answer = await send(server.url, {
        method: "POST",
        path: "/mutations/samples/create",
        body: JSON.stringify(args),
      });
      const sent = JSON.parse(JSON.stringify(args)) as { readonly [name: string]: unknown };
      expect(answer.status, answer.text).toBe(200);
      const { id, ...row } = JSON.parse(answer.text) as { id: string };
      const expected = [...create.args.values()].map(({ name, type }) => [name, canonical(sent[name] ?? null, type)]);
      expect(row).toEqual(Object.fromEntries(expected));
      const read = await send(server.url, { method: "GET", path: queryPath("samples/get", { id }) });
      expect(JSON.parse(read.text)).toEqual({ id, ...row });
    }),
    { numRuns: 150 },
  );
});
