import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { check } from "../../compiler/compile.ts";
import { printSchema } from "../../compiler/emit/schema/schema.ts";

const specs = join(import.meta.dirname, "../../specs");

describe.each(["minimal", "taskboard", "library", "places", "kitchen-sink", "hostile-names", "workspace"])(
  "the schema of %s",
  (spec) => {
    const read = (path: string) => {
      const file = join(specs, spec, path);
      return existsSync(file) ? readFileSync(file) : undefined;
    };
    const { app, files } = check("appflare.yaml", read);
    const text = printSchema(app!);
    const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictTypes: false });
    formats.default(ajv, ["date"]);
    const validate = ajv.compile(JSON.parse(text));

    test("holds for all its files", () => {
      const manifests = files.filter((path) => /\.ya?ml$/.test(path));
      for (const file of manifests) {
        validate(parse(read(file)!.toString()));
        expect(validate.errors ?? [], file).toEqual([]);
      }
    });

    test("is closed like that of the language", () => {
      const manifest = parse(read("appflare.yaml")!.toString()) as object;
      expect(validate({ ...manifest, models: {} })).toBe(false);
    });

    test("is nothing but what the manifest says", () => {
      const again = check("appflare.yaml", read).app!;
      expect(printSchema(again)).toBe(text);
    });
  },
);
