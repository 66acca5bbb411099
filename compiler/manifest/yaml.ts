import { createRequire } from "node:module";
import type { Alias, Node, Scalar, YAMLMap, YAMLParseError, YAMLSeq } from "yaml";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/didYouMean.ts";
import { quoting } from "../diagnostics/fix.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { SourceFile } from "../source/sourceFile.ts";
import type { Span } from "../source/span.ts";
import type { ManifestDocument } from "./document.ts";
import { MAX_DEPTH, refuseStream } from "./stream.ts";
import { syntaxProblem, syntaxStart } from "./syntax.ts";
import { at, type Entry, spanOf, TreeDocument } from "./tree.ts";

const require = createRequire(import.meta.url);
/** Loaded when it is first needed, which is seldom. */
let yaml: typeof import("yaml");

const MAX_ALIASES = 100;

/**
 * Reads all of YAML 1.2 into plain data, and refuses what the language does: see "Names and shapes that the compiler refuses"
 * there. Of syntax errors only the first is told: the others mostly follow from it.
 *
 * @returns the document, unless there is an error
 */
export function parseYaml(source: SourceFile): { document?: ManifestDocument; diagnostics: readonly Diagnostic[] } {
  yaml ??= require("yaml") as typeof yaml;
  const tokens = [...new yaml.Parser().parse(source.text)];
  const refused = refuseStream(source, tokens);
  if (refused) return { diagnostics: [refused] };

  const composer = new yaml.Composer({
    logLevel: "silent",
    prettyErrors: false,
    uniqueKeys: false,
    resolveKnownTags: false,
  });
  const [document] = composer.compose(tokens);
  const root = document!.contents;
  const [error] = document!.errors.toSorted((a, b) => a.pos[0] - b.pos[0]);
  if (error) return { diagnostics: [explainSyntax(source, error)] };
  if (yaml.isScalar(root) && root.source === "") return { diagnostics: [diagnostic("yaml/empty", at(source, 0), [])] };
  if (!yaml.isMap(root)) {
    const found = yaml.isSeq(root) ? "a list" : "a single value";
    return { diagnostics: [diagnostic("yaml/root", spanOf(source, root!), [found])] };
  }

  const reader = new Reader(source);
  const value = reader.read(root, 1) as { readonly [key: string]: unknown };
  for (const { pos } of document!.warnings) {
    const span = { source, start: pos[0], end: pos[1] };
    reader.diagnostics.push(diagnostic("yaml/tag", span, [source.text.slice(pos[0], pos[1])]));
  }
  if (reader.diagnostics.length > 0) return { diagnostics: reader.diagnostics };
  const tree = { root, entriesOf: (node: Node) => entriesOf(node, reader.targets) };
  return { document: new TreeDocument<Node>(source, value, () => tree), diagnostics: [] };
}

function explainSyntax(source: SourceFile, { code, message, pos: [start, end] }: YAMLParseError): Diagnostic {
  if (code === "TAB_AS_INDENT") return diagnostic("yaml/tab", { source, start, end }, []);
  const span = { source, start: syntaxStart(message, source.text, start), end };
  return diagnostic("yaml/syntax", span, [syntaxProblem(code, message)]);
}

/** An anchored node, and what it costs to stand for it. */
interface Anchor {
  readonly node: Node;
  value: unknown;
  isOpen: boolean;
  expansions: number;
  height: number;
}

/** Turns nodes into plain data, and collects what is refused in them. */
class Reader {
  readonly diagnostics: Diagnostic[] = [];
  /** what each alias stands for */
  readonly targets = new Map<Alias, Node>();
  readonly #anchors = new Map<string, Anchor>();
  readonly #source: SourceFile;
  #expansions = 0;
  #deepest = 0;

  constructor(source: SourceFile) {
    this.#source = source;
  }

  read(node: Node, depth: number): unknown {
    this.#deepest = Math.max(this.#deepest, depth);
    if (yaml.isAlias(node)) return this.#expand(node, depth);
    const name = yaml.isScalar(node) || yaml.isMap(node) || yaml.isSeq(node) ? node.anchor : undefined;
    if (!name) return this.#content(node, depth);

    const anchor: Anchor = { node, value: undefined, isOpen: true, expansions: this.#expansions, height: 0 };
    const deepest = this.#deepest;
    this.#anchors.set(name, anchor);
    this.#deepest = depth;
    anchor.value = this.#content(node, depth);
    anchor.isOpen = false;
    anchor.expansions = this.#expansions - anchor.expansions;
    anchor.height = this.#deepest - depth;
    this.#deepest = Math.max(this.#deepest, deepest);
    return anchor.value;
  }

  #expand(alias: Alias, depth: number): unknown {
    const anchor = this.#anchors.get(alias.source);
    if (!anchor) {
      const hint = didYouMean(alias.source, this.#anchors.keys());
      return this.#refuse(diagnostic("yaml/unknown-alias", this.#span(alias), [alias.source], hint ? { hint } : {}));
    }
    if (anchor.isOpen) return this.#refuse(diagnostic("yaml/alias-ring", this.#span(alias), [alias.source]));
    const before = this.#expansions;
    this.#expansions += 1 + anchor.expansions;
    if (before <= MAX_ALIASES && this.#expansions > MAX_ALIASES) {
      this.#refuse(diagnostic("yaml/too-many-aliases", this.#span(alias), [MAX_ALIASES]));
    }
    this.#deepest = Math.max(this.#deepest, depth + anchor.height);
    if (depth + anchor.height > MAX_DEPTH) this.#refuse(diagnostic("yaml/depth", this.#span(alias), [MAX_DEPTH]));
    this.targets.set(alias, anchor.node);
    return anchor.value;
  }

  #content(node: Node, depth: number): unknown {
    if (yaml.isScalar(node)) return this.#scalar(node);
    const value = yaml.isMap(node)
      ? this.#map(node as YAMLMap<Node, Node | null>, depth)
      : (node as YAMLSeq<Node>).items.map((item) => this.read(item, depth + 1));
    cutEnd(node as YAMLMap<Node, Node | null> | YAMLSeq<Node>);
    return value;
  }

  #map(node: YAMLMap<Node, Node | null>, depth: number): unknown {
    const map: { [key: string]: unknown } = Object.create(null);
    for (const { key, value } of node.items) {
      const name = this.#key(key);
      if (name === undefined) continue;
      if (name in map) {
        const earlier = node.items.find((item) => keyText(item.key) === name)!.key;
        const related = [{ message: "The same key stands here.", span: this.#span(earlier) }];
        this.#refuse(diagnostic("yaml/duplicate-key", this.#span(key), [name], { related }));
      }
      map[name] = value === null ? null : this.read(value, depth + 1);
    }
    return map;
  }

  #key(key: Node): string | undefined {
    const name = keyText(key);
    if (name === undefined || name === "") {
      const problem = yaml.isAlias(key)
        ? "this is an alias"
        : name === ""
          ? "there is none before this colon"
          : "this is a list or a map";
      this.#refuse(diagnostic("yaml/key", this.#span(key), [problem]));
      return undefined;
    }
    if (name === "<<" && yaml.isScalar(key) && key.type === "PLAIN")
      this.#refuse(diagnostic("yaml/merge-key", this.#span(key), []));
    this.#refuseCharacters(key as Scalar, name);
    return name;
  }

  #scalar(node: Scalar): unknown {
    const { value, source = "" } = node;
    if (typeof value === "string") this.#refuseCharacters(node, value);
    if (typeof value === "number" && !isExact(value, source)) {
      const span = this.#span(node);
      const extras = /^[-+]?\d+$/.test(source) ? { hint: "In quotes it is exact.", fix: quoting(span) } : {};
      this.#refuse(diagnostic("yaml/number", span, [source], extras));
    }
    return value;
  }

  /** Escapes alone can write what no UTF-8 text holds, or no database stores. */
  #refuseCharacters(node: Scalar, text: string): void {
    const found = /\0|\p{Surrogate}/u.exec(text)?.[0];
    if (found !== undefined) {
      this.#refuse(
        diagnostic("yaml/character", this.#span(node), [
          found === "\0" ? "a NUL character" : "half of a surrogate pair",
        ]),
      );
    }
  }

  #refuse(refusal: Diagnostic): undefined {
    this.diagnostics.push(refusal);
  }

  #span(node: Node): Span {
    return spanOf(this.#source, node);
  }
}

/** Ends a list or map without brackets where its last text ends, not behind the comments that follow. */
function cutEnd(node: YAMLMap<Node, Node | null> | YAMLSeq<Node>): void {
  const last = node.items.at(-1);
  if (node.flow || !last || !node.range) return;
  const [key, value] = "key" in last ? [last.key, last.value] : [undefined, last];
  const isThere = value?.range && value.range[1] > value.range[0];
  const end = (isThere || !key ? value : key)?.range?.[1];
  if (end !== undefined) node.range = [node.range[0], end, end];
}

/** The entries of what a node holds, by key; of what it stands for, when it is an alias. */
function entriesOf(node: Node, targets: ReadonlyMap<Alias, Node>): ReadonlyMap<string, Entry<Node>> {
  const holder = yaml.isAlias(node) ? targets.get(node) : node;
  if (yaml.isSeq(holder)) return new Map((holder.items as Node[]).map((value, index) => [String(index), { value }]));
  if (!yaml.isMap(holder)) return new Map();
  const items = (holder as YAMLMap<Node, Node | null>).items;
  return new Map(items.map(({ key, value }) => [keyText(key)!, { key, value: value ?? undefined }]));
}

/** Whether a number means what is written: it is finite, and an integer is within the safe ones. */
function isExact(value: number, written: string): boolean {
  const isInteger = /^[-+]?\d+$|^0[xo]/.test(written);
  return Number.isFinite(value) && (!isInteger || Number.isSafeInteger(value));
}

/** A key as it is written, whatever YAML makes of it (`1`, `null`, `true`); undefined where it is no scalar. */
function keyText(key: Node): string | undefined {
  if (!yaml.isScalar(key)) return undefined;
  return typeof key.value === "string" ? key.value : (key.source ?? "");
}
