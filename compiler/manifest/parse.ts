import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { SourceFile } from "../source/sourceFile.ts";
import { positions, treeOf, values } from "./builders.ts";
import { isMap, type ManifestDocument } from "./document.ts";
import { readPlain } from "./plain.ts";
import { spanOf, TreeDocument } from "./tree.ts";
import { parseYaml } from "./yaml.ts";

/**
 * Reads YAML 1.2 (and JSON, which is a part of it) into plain data. What is written as most manifests are is read quickly, and again
 * for positions when somebody asks for one; all else, mistakes included, is read by the `yaml` package.
 *
 * @returns the document, unless there is an error
 */
export function parse(source: SourceFile): { document?: ManifestDocument; diagnostics: readonly Diagnostic[] } {
  const { text } = source;
  const value = readPlain(text, values);
  if (value === undefined) return parseYaml(source);
  const root = () => readPlain(text, positions)!;
  if (isMap(value)) return { document: new TreeDocument(source, value, () => treeOf(root())), diagnostics: [] };
  return { diagnostics: [diagnostic("yaml/root", spanOf(source, root()), ["a list"])] };
}
