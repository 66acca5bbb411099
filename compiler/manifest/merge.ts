import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { isMap, type ManifestDocument } from "./document.ts";
import { explainMissing } from "./explainKey.ts";
import type { Declared, DeclaredMap, Manifest } from "./manifest.ts";
import { Place } from "./place.ts";
import { schema } from "./schema.ts";

/** Sections of named entries, which every file adds to, and what an entry is called. */
const collections = {
  enums: "enum",
  types: "type",
  tables: "table",
  queries: "query",
  mutations: "mutation",
  limits: "limit",
} as const;
/** Sections that stand in one file. */
const settings = ["description", "database", "worker", "cors", "auth", "defaults"] as const;

/**
 * Makes one manifest of its files. Bears values of any shape, so that what is declared twice is told in one go with wrong shapes;
 * the manifest is to be trusted only when the shapes are right.
 *
 * @param documents the entry first
 */
export function merge(documents: readonly [ManifestDocument, ...ManifestDocument[]]): {
  manifest: Manifest;
  diagnostics: readonly Diagnostic[];
} {
  const merger = new Merger(documents);
  const [entry] = documents;
  const root = Place.root(entry);
  const missing = ["appflare", "name"].filter((key) => !(key in entry.value));
  merger.diagnostics.push(...missing.flatMap((key) => explainMissing(key, entry.value, schema, root) ?? []));
  merger.refuseIncludedNames();
  const found = Object.fromEntries(settings.flatMap((section) => merger.setting(section) ?? []));
  const named = Object.fromEntries(
    Object.entries(collections).map(([section, noun]) => [section, merger.entries(section, noun)]),
  );
  const name: Declared<unknown> = { value: entry.value.name, place: root.at("name") };
  const description = found.description && { description: found.description.value };
  const manifest = { root, name, ...found, ...description, ...named } as unknown as Manifest;
  return { manifest, diagnostics: merger.diagnostics };
}

class Merger {
  readonly diagnostics: Diagnostic[] = [];
  readonly #documents: readonly ManifestDocument[];

  constructor(documents: readonly ManifestDocument[]) {
    this.#documents = documents;
  }

  refuseIncludedNames(): void {
    const [entry, ...included] = this.#documents;
    for (const document of included) {
      if (!("name" in document.value)) continue;
      const related = [{ message: "It stands here.", span: Place.root(entry!).at("name").keySpan }];
      const span = Place.root(document).at("name").keySpan;
      this.diagnostics.push(diagnostic("manifest/included-name", span, [], { related }));
    }
  }

  /** The section of the first file that has it, under its name; nothing where no file has it. */
  setting(section: string): [string, Declared<unknown>][] {
    const declared = this.#holders(section);
    const [first, ...again] = declared;
    if (!first) return [];
    for (const { place } of again) {
      const related = [{ message: "It stands here.", span: first.place.keySpan }];
      this.diagnostics.push(diagnostic("manifest/section-twice", place.keySpan, [section], { related }));
    }
    return [[section, first]];
  }

  /** The entries of a section in all files. */
  entries(section: string, noun: string): DeclaredMap<unknown> {
    const entries = new Map<string, Declared<unknown>>();
    for (const { value, place } of this.#holders(section)) {
      for (const [name, entry] of isMap(value) ? Object.entries(value) : []) {
        const earlier = entries.get(name);
        if (earlier) this.#refuseAgain(noun, name, earlier.place, place.at(name));
        else entries.set(name, { value: entry, place: place.at(name) });
      }
    }
    return entries;
  }

  #refuseAgain(noun: string, name: string, earlier: Place, later: Place): void {
    const related = [{ message: "It is declared here first.", span: earlier.keySpan }];
    this.diagnostics.push(diagnostic("manifest/declared-twice", later.keySpan, [noun, name], { related }));
  }

  #holders(section: string): Declared<unknown>[] {
    return this.#documents
      .filter((document) => section in document.value)
      .map((document) => ({ value: document.value[section], place: Place.root(document).at(section) }));
  }
}
