import type { CodeOptions, ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import formats from "ajv-formats";
import { schema } from "./schema.ts";

/*
 * This module is for running from the sources. `npm run build` puts the code that Ajv makes in its place (`compiler/build/validator.ts`): making
 * it takes longer than all else that is done to a small manifest.
 */

let compiled: ValidateFunction | undefined;

/** What checks the shape of a document. */
export function validator(): ValidateFunction {
  compiled ??= newAjv().compile(schema);
  return compiled;
}

/** A module in the place of this one: the code that Ajv makes, and `validator`. */
export function validatorModule(): string {
  const ajv = newAjv({ source: true, esm: true });
  const code = gathering(standaloneCode.default(ajv, ajv.compile(schema)));
  return `${code}\nexport const validator = () => validate;`;
}

/**
 * Code of Ajv's that adds the mistakes of a part to those before. As Ajv makes it, it copies them all each time: a third of a million
 * takes minutes.
 */
function gathering(code: string): string {
  return code.replace(
    /vErrors\.concat\((\w+)\.errors\)/g,
    "($1.errors.forEach((error) => vErrors.push(error)), vErrors)",
  );
}

/** An Ajv that is set up for manifests. */
function newAjv(code: CodeOptions = {}): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictTypes: false,
    code: { process: gathering, ...code },
  });
  formats.default(ajv, ["date"]);
  return ajv;
}
