import type { SourceFile } from "../source/sourceFile.ts";
import type { Locator } from "./place.ts";

/**
 * A file of a manifest, read. Value and places are apart: whoever reads the value needs no positions, and a reader that keeps
 * none may find them later, by reading the text again, when `locate` is first called.
 */
export interface ManifestDocument extends Locator {
  readonly source: SourceFile;
  /** Plain data: strings, numbers, booleans, null, lists, and maps without a prototype. What an alias leads to is shared. */
  readonly value: { readonly [key: string]: unknown };
}

/** Whether a value of a document is a map. */
export function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
