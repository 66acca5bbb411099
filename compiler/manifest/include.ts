import { posix } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { ordered } from "../diagnostics/order.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { SourceFile } from "../source/sourceFile.ts";
import { decode } from "./decode.ts";
import type { ManifestDocument } from "./document.ts";
import { parse } from "./parse.ts";
import { Place } from "./place.ts";

export interface Loaded {
  /** the entry first, then what it includes, depth first, each once; without files that could not be read */
  readonly documents: readonly ManifestDocument[];
  /** every file that was asked for, found or not: what a watcher has to watch */
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The bytes of a file; undefined where there is none. Paths are as messages show them, with `/`. */
export type Read = (path: string) => Uint8Array | undefined;

/** Reads a manifest and all that it includes. */
export function load(entry: string, read: Read): Loaded {
  const loader = new Loader(read);
  const path = posix.normalize(entry);
  if (!loader.open(path, [])) {
    const source = new SourceFile(path, "");
    loader.diagnostics.push(diagnostic("file/missing", { source, start: 0, end: 0 }, [path]));
  }
  return { documents: loader.documents, files: [...loader.files], diagnostics: ordered(loader.diagnostics) };
}

class Loader {
  readonly documents: ManifestDocument[] = [];
  readonly files = new Set<string>();
  readonly diagnostics: Diagnostic[] = [];
  readonly #read: Read;

  constructor(read: Read) {
    this.#read = read;
  }

  /**
   * Loads a file, and then what it includes.
   *
   * @param including the files that led here, the entry first
   * @returns whether there is such a file
   */
  open(path: string, including: readonly string[]): boolean {
    if (this.files.has(path)) return true;
    this.files.add(path);
    const bytes = this.#read(path);
    if (!bytes) return false;
    const decoded = decode(path, bytes);
    this.diagnostics.push(...decoded.diagnostics);
    if (!decoded.source || decoded.diagnostics.length > 0) return true;
    const { document, diagnostics } = parse(decoded.source);
    this.diagnostics.push(...diagnostics);
    if (document) {
      this.documents.push(document);
      this.#follow(document, [...including, path]);
    }
    return true;
  }

  /** What is no list of texts is left to the check of shapes. */
  #follow(document: ManifestDocument, including: readonly string[]): void {
    const list = document.value.include;
    if (!Array.isArray(list)) return;
    const seen = new Map<string, Place>();
    list.forEach((written: unknown, index) => {
      if (typeof written !== "string") return;
      const place = Place.root(document).at("include").at(index);
      const path = posix.join(posix.dirname(document.source.path), written);
      const problem = this.#refuse(written, path, place, seen.get(path), including);
      if (problem) this.diagnostics.push(problem);
      else if (!this.open(path, including)) this.diagnostics.push(diagnostic("include/missing", place.span, [path]));
      seen.set(path, place);
    });
  }

  #refuse(
    written: string,
    path: string,
    place: Place,
    earlier: Place | undefined,
    including: readonly string[],
  ): Diagnostic | undefined {
    if (written.startsWith("/")) return diagnostic("include/absolute", place.span, [written]);
    if (!/\.(?:yaml|yml|json)$/.test(written)) return diagnostic("include/kind", place.span, [written]);
    if (earlier) {
      const related = [{ message: "It stands here first.", span: earlier.span }];
      return diagnostic("include/twice", place.span, [path], { related });
    }
    const start = including.indexOf(path);
    if (start === -1) return undefined;
    return diagnostic("include/ring", place.span, [[...including.slice(start), path].join(" → ")]);
  }
}
