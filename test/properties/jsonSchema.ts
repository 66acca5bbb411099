import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { JsonSchema } from "../../compiler/ir/jsonSchema.ts";

/*
 * A judge of JSON Schemas that shares nothing with the validators that are generated from them. What JSON Schema cannot say stands
 * beside it under `x-` names, and is judged here by other means than there.
 */

const ajv = new Ajv2020({ useDefaults: true, ownProperties: true, strict: false, allErrors: false });
(addFormats as unknown as (ajv: Ajv2020) => void)(ajv);

// Ajv looks at a quotient with parseInt, which reads 1e+21 as 1; JSON Schema asks whether the quotient is whole
ajv.removeKeyword("multipleOf");
ajv.addKeyword({
  keyword: "multipleOf",
  type: "number",
  validate: (of: number, value: number) => Number.isInteger(value / of),
});

ajv.addFormat("decimal", true);
ajv.addFormat("int64", (text: string) => BigInt.asIntN(64, BigInt(text)) === BigInt(text));

/** Decimal text as a fraction of whole numbers, so that nothing is rounded. */
function scaled(text: string): { digits: bigint; scale: number } {
  const point = text.indexOf(".");
  return { digits: BigInt(text.replace(".", "")), scale: point < 0 ? 0 : text.length - point - 1 };
}

function aligned(left: string, right: string): [bigint, bigint] {
  const [a, b] = [scaled(left), scaled(right)];
  const scale = Math.max(a.scale, b.scale);
  return [a.digits * 10n ** BigInt(scale - a.scale), b.digits * 10n ** BigInt(scale - b.scale)];
}

const isNumeric = /^-?\d+(\.\d+)?$/;

function addBound(keyword: string, holds: (value: bigint, bound: bigint) => boolean): void {
  const validate = (bound: string, text: string) => !isNumeric.test(text) || holds(...aligned(text, bound));
  ajv.addKeyword({ keyword, type: "string", validate });
}

addBound("x-minimum", (value, bound) => value >= bound);
addBound("x-maximum", (value, bound) => value <= bound);
addBound("x-exclusiveMinimum", (value, bound) => value > bound);
addBound("x-exclusiveMaximum", (value, bound) => value < bound);
addBound("x-multipleOf", (value, bound) => value % bound === 0n);

const decodedLength = (text: string): number => Buffer.from(text, "base64").length;
ajv.addKeyword({
  keyword: "x-minBytes",
  type: "string",
  validate: (least: number, text: string) => decodedLength(text) >= least,
});
ajv.addKeyword({
  keyword: "x-maxBytes",
  type: "string",
  validate: (most: number, text: string) => decodedLength(text) <= most,
});
// a scaled decimal is stored in 64 bits
ajv.addKeyword({
  keyword: "x-scale",
  type: "string",
  validate: (scale: number, text: string) => {
    if (!isNumeric.test(text)) return true;
    const [value] = aligned(text, `0.${"0".repeat(scale)}`.replace(/\.$/, ""));
    return BigInt.asIntN(64, value) === value;
  },
});

/** A validator that fills in defaults, as the generated ones do. */
export function schemaValidator(schema: JsonSchema): ValidateFunction {
  return ajv.compile(schema);
}
