import type { SourceFile } from "../source/sourceFile.ts";
import type { Span } from "../source/span.ts";
import type { ManifestDocument } from "./document.ts";
import type { PathKey } from "./place.ts";

/** A node of a syntax tree: where it begins and ends. */
interface Ranged {
  readonly range?: readonly [start: number, end: number, ...rest: number[]] | null | undefined;
}

export interface Entry<Node> {
  /** absent for the root and in a list */
  readonly key?: Node | undefined;
  /** absent where nothing stands behind the key */
  readonly value?: Node | undefined;
}

/** The nodes of a document. */
export interface Tree<Node> {
  readonly root: Node;
  /** the entries of what a node holds, by key */
  entriesOf(node: Node): ReadonlyMap<string, Entry<Node>>;
}

/** A document that finds places by walking its syntax tree, which is made when the first place is asked for. */
export class TreeDocument<Node extends Ranged & object> implements ManifestDocument {
  readonly source: SourceFile;
  readonly value: ManifestDocument["value"];
  readonly #makeTree: () => Tree<Node>;
  #tree: Tree<Node> | undefined;
  /** made once for each map: many mistakes may stand in one long map */
  readonly #entries = new WeakMap<Node, ReadonlyMap<string, Entry<Node>>>();

  constructor(source: SourceFile, value: ManifestDocument["value"], makeTree: () => Tree<Node>) {
    this.source = source;
    this.value = value;
    this.#makeTree = makeTree;
  }

  locate(path: readonly PathKey[], target: "key" | "value"): Span {
    this.#tree ??= this.#makeTree();
    const { root } = this.#tree;
    let entry: Entry<Node> = { value: root };
    let isFound = true;
    for (const key of path) {
      const inner = this.#inner(this.#tree, entry.value, String(key));
      isFound = inner !== undefined;
      if (!inner) break;
      entry = inner;
    }
    if (entry.value === root && target === "key") return at(this.source, 0);
    const value = entry.value && spanOf(this.source, entry.value);
    const isValueWanted = target === "value" && isFound && value !== undefined && value.end > value.start;
    if (entry.key && !isValueWanted) return spanOf(this.source, entry.key);
    return value ?? at(this.source, 0);
  }

  #inner(tree: Tree<Node>, holder: Node | undefined, key: string): Entry<Node> | undefined {
    if (!holder) return undefined;
    let entries = this.#entries.get(holder);
    if (!entries) {
      entries = tree.entriesOf(holder);
      this.#entries.set(holder, entries);
    }
    return entries.get(key);
  }
}

/** Where a node stands, without the white space behind it. */
export function spanOf(source: SourceFile, { range }: Ranged): Span {
  let [start, end] = range ?? [0, 0];
  while (end > start && /\s/.test(source.text[end - 1]!)) end--;
  return { source, start, end };
}

/** The character at an offset; nothing behind the last. */
export function at(source: SourceFile, offset: number): Span {
  return { source, start: offset, end: Math.min(offset + 1, source.text.length) };
}
