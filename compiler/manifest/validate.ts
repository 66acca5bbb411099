import type { ErrorObject } from "ajv";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { ordered } from "../diagnostics/order.ts";
import { isMap, type ManifestDocument } from "./document.ts";
import { explain } from "./explain.ts";
import type { Manifest } from "./manifest.ts";
import { merge } from "./merge.ts";
import type { Mistake } from "./mistake.ts";
import { Place } from "./place.ts";
import type { Schema } from "./schema.ts";
import { validator } from "./validator.ts";

/** Mistakes of one file that are told: who has more mends these first. */
const most = 1000;

/**
 * Checks the shape of every document, and makes one manifest of them.
 *
 * @param documents the entry first, then what it includes
 * @returns the manifest, unless there is an error
 */
export function validate(documents: readonly ManifestDocument[]): {
  manifest?: Manifest;
  diagnostics: readonly Diagnostic[];
} {
  const [entry, ...included] = documents;
  if (!entry) return { diagnostics: [] };
  const shapes = documents.flatMap(checkShape);
  const { manifest, diagnostics } = merge([entry, ...included]);
  const all = ordered([...shapes, ...diagnostics]);
  return all.length > 0 ? { diagnostics: all } : { manifest, diagnostics: [] };
}

function checkShape(document: ManifestDocument): Diagnostic[] {
  const isValid = validator();
  if (isValid(document.value)) return [];
  return (isValid.errors ?? []).slice(0, most).flatMap((error) => {
    // the branches of a `oneOf` say one by one what the `oneOf` itself says better
    if (error.schemaPath.includes("/oneOf/")) return [];
    return explain(mistakeOf(error, document)) ?? [];
  });
}

function mistakeOf(error: ErrorObject, document: ManifestDocument): Mistake {
  const { keyword, params, parentSchema, data, propertyName } = error;
  const place = placeOf(document, error.instancePath);
  const value = propertyName === undefined ? data : undefined;
  return {
    keyword,
    params,
    schema: parentSchema as Schema,
    value,
    place,
    ...(propertyName !== undefined && { propertyName }),
  };
}

/** The place that a JSON Pointer (RFC 6901) leads to. */
function placeOf(document: ManifestDocument, pointer: string): Place {
  let place = Place.root(document);
  let value: unknown = document.value;
  for (const step of pointer.split("/").slice(1)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    place = place.at(Array.isArray(value) ? Number(key) : key);
    value = Array.isArray(value) ? value[Number(key)] : isMap(value) ? value[key] : undefined;
  }
  return place;
}
