import { quotedText, textValue, Unusual } from "./scalar.ts";

/** What a reader makes of a text: values, or nodes that know where they stand. `Node` is either; `Box` is one that holds others. */
export interface Builder<Node, List extends Node, Map extends Node> {
  scalar(value: unknown, start: number, end: number): Node;
  /** what a key has behind it when it has nothing */
  nothing(): Node;
  list(start: number): List;
  map(start: number): Map;
  add(list: List, item: Node): void;
  /** False where the map has the key already; then nothing is done. */
  set(map: Map, key: string, value: Node, keyStart: number, keyEnd: number): boolean;
  end(box: List | Map, end: number): void;
}

/** What no text holds that is written in a usual way; the marks of several documents too. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unusual = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|^(?:---|\.\.\.)/m;

const word = String.raw`[A-Za-z_$][\w$./-]*`;
// a key that begins with a digit is unusual: JavaScript would not keep it in its place
const quoted = String.raw`"[^"\\\n\d][^"\\\n]*"|'[^'\n\d][^'\n]*'`;
const blockKey = new RegExp(`(?:${word}|${quoted})(?=:[ \\n])`, "y");
/** Between braces a colon may touch what follows, when the key is in quotes. */
const flowKey = new RegExp(`${word}(?=:[ \\n])|(?:${quoted})(?=:)`, "y");
const longestKey = 200;

const firstOfText = /(?!-(?:[ \n,[\]{}]))[^\s?:,[\]{}#&*!|>'"%@`]/y;
const flowText = /[^\n,[\]{}#:]*(?:(?:(?<! )#|:(?![ \n,[\]{}]))[^\n,[\]{}#:]*)*/y;
const double = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"/y;
const single = /'[^'\n]*(?:''[^'\n]*)*'/y;

const deepest = 40;

/**
 * Reads the part of YAML that manifests are written in: maps, lists, texts on one line, comments. It is twenty times as fast as a
 * reader of all of YAML, because it gives up where anything is unusual, be it right or wrong, and leaves that to the other one.
 *
 * @returns what the builder made of the text; undefined where another reader must look at it
 */
export function readPlain<Node, List extends Node, Map extends Node>(
  text: string,
  builder: Builder<Node, List, Map>,
): Node | undefined {
  if (unusual.test(text)) return undefined;
  try {
    return new Reader(text, builder).read();
  } catch (error) {
    if (error instanceof Unusual) return undefined;
    throw error;
  }
}

class Reader<Node, List extends Node, Map extends Node> {
  readonly #text: string;
  readonly #builder: Builder<Node, List, Map>;
  #at = 0;
  /** where the line's text begins; -1 behind the last line */
  #column = 0;
  #depth = 0;
  /** where the last value ended, or a key that has none */
  #end = 0;

  constructor(text: string, builder: Builder<Node, List, Map>) {
    this.#text = `${text}\n`;
    this.#builder = builder;
  }

  read(): Node {
    this.#nextLine();
    const isFlow = this.#text[this.#at] === "{";
    const root = isFlow ? this.#flowMap(-1) : this.#blockMap(this.#column);
    if (isFlow) this.#endLine();
    if (this.#column !== -1) throw new Unusual();
    return root;
  }

  /** A value that begins a line, or the rest of one behind a dash; `parent` is the column of what holds it. */
  #block(parent: number): Node {
    if (this.#isDash()) return this.#blockList(this.#column);
    if (this.#isAt(blockKey)) return this.#blockMap(this.#column);
    return this.#inline(parent);
  }

  #blockMap(column: number): Map {
    const map = this.#builder.map(this.#at);
    this.#deeper();
    do {
      const start = this.#at;
      const key = this.#key(blockKey);
      const end = this.#at;
      this.#end = end;
      this.#at += 1;
      const value = this.#behindKey(column);
      if (!this.#builder.set(map, key, value, start, end)) throw new Unusual();
    } while (this.#column === column);
    return this.#close(map, column);
  }

  #behindKey(column: number): Node {
    if (!this.#isLineOver()) return this.#inline(column);
    this.#endLine();
    if (this.#column > column) return this.#block(column);
    if (this.#column === column && this.#isDash()) return this.#blockList(column);
    return this.#builder.nothing();
  }

  /** A list may stand in the column of the key that has it. */
  #blockList(column: number): List {
    const list = this.#builder.list(this.#at);
    this.#deeper();
    do {
      const dash = this.#at;
      this.#at += 1;
      this.#builder.add(list, this.#behindDash(column, dash));
    } while (this.#column === column && this.#isDash());
    return this.#close(list, column);
  }

  #behindDash(column: number, dash: number): Node {
    if (this.#isLineOver()) throw new Unusual();
    this.#column = column + this.#at - dash;
    return this.#block(column);
  }

  #close<Box extends List | Map>(box: Box, column: number): Box {
    if (this.#column > column) throw new Unusual();
    this.#depth -= 1;
    this.#builder.end(box, this.#end);
    return box;
  }

  /** A value on its line, and the way to the next line. */
  #inline(parent: number): Node {
    const node = this.#flow(parent, false);
    this.#end = this.#at;
    this.#endLine();
    if (this.#column > parent) throw new Unusual();
    return node;
  }

  /** @param isInside whether brackets are around, so that commas and brackets end a text */
  #flow(parent: number, isInside: boolean): Node {
    const start = this.#at;
    switch (this.#text[start]) {
      case "{":
        return this.#flowMap(parent);
      case "[":
        return this.#flowList(parent);
      case '"':
      case "'":
        return this.#builder.scalar(this.#quoted(), start, this.#at);
    }
    if (!this.#isAt(firstOfText)) throw new Unusual();
    const written = (isInside ? this.#take(flowText) : this.#lineText()).trimEnd();
    this.#at = start + written.length;
    return this.#builder.scalar(textValue(written), start, this.#at);
  }

  #flowMap(parent: number): Map {
    const map = this.#builder.map(this.#at);
    this.#items("}", parent, () => {
      const start = this.#at;
      const key = this.#key(flowKey);
      const end = this.#at;
      this.#at += 1;
      this.#skipSpace(parent);
      if (!this.#builder.set(map, key, this.#flow(parent, true), start, end)) throw new Unusual();
    });
    this.#builder.end(map, this.#at);
    return map;
  }

  #flowList(parent: number): List {
    const list = this.#builder.list(this.#at);
    this.#items("]", parent, () => this.#builder.add(list, this.#flow(parent, true)));
    this.#builder.end(list, this.#at);
    return list;
  }

  #items(close: string, parent: number, readItem: () => void): void {
    this.#deeper();
    this.#at += 1;
    this.#skipSpace(parent);
    while (this.#text[this.#at] !== close) {
      readItem();
      this.#skipSpace(parent);
      if (this.#text[this.#at] === ",") {
        this.#at += 1;
        this.#skipSpace(parent);
      } else if (this.#text[this.#at] !== close) throw new Unusual();
    }
    this.#at += 1;
    this.#depth -= 1;
  }

  #key(pattern: RegExp): string {
    const written = this.#take(pattern);
    if (written.length > longestKey) throw new Unusual();
    return written.startsWith('"') || written.startsWith("'") ? written.slice(1, -1) : written;
  }

  #quoted(): string {
    return quotedText(this.#take(this.#text[this.#at] === '"' ? double : single));
  }

  /** A text without quotes, up to a comment or the line's end. */
  #lineText(): string {
    const line = this.#text.slice(this.#at, this.#text.indexOf("\n", this.#at));
    const comment = line.indexOf(" #");
    const written = comment === -1 ? line : line.slice(0, comment);
    if (written.includes(": ") || written.endsWith(":")) throw new Unusual();
    return written;
  }

  #isDash(): boolean {
    return this.#text[this.#at] === "-" && /[ \n]/.test(this.#text[this.#at + 1]!);
  }

  /** Skips spaces; true where nothing but a comment follows on the line. */
  #isLineOver(): boolean {
    while (this.#text[this.#at] === " ") this.#at += 1;
    const next = this.#text[this.#at];
    return next === "\n" || (next === "#" && this.#text[this.#at - 1] === " ");
  }

  #endLine(): void {
    if (!this.#isLineOver()) throw new Unusual();
    this.#at = this.#text.indexOf("\n", this.#at) + 1;
    this.#nextLine();
  }

  /** From the start of a line to the text of the first that has one. */
  #nextLine(): void {
    while (this.#at < this.#text.length) {
      const start = this.#at;
      if (!this.#isBlank()) {
        this.#column = this.#at - start;
        return;
      }
      this.#at = this.#text.indexOf("\n", this.#at) + 1;
    }
    this.#column = -1;
  }

  #isBlank(): boolean {
    while (this.#text[this.#at] === " ") this.#at += 1;
    return this.#text[this.#at] === "\n" || this.#text[this.#at] === "#";
  }

  /** White space, line ends and comments between brackets; what follows stands to the right of the parent. */
  #skipSpace(parent: number): void {
    if (!this.#isLineOver()) return;
    this.#endLine();
    if (this.#column <= parent) throw new Unusual();
  }

  #deeper(): void {
    this.#depth += 1;
    if (this.#depth > deepest) throw new Unusual();
  }

  #isAt(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    return pattern.test(this.#text);
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) throw new Unusual();
    const taken = this.#text.slice(this.#at, pattern.lastIndex);
    this.#at = pattern.lastIndex;
    return taken;
  }
}
