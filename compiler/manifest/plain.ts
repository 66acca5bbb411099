import { Cursor } from "./cursor.ts";
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
const dash = /-(?=[ \n])/y;
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
  readonly #cursor: Cursor;
  readonly #builder: Builder<Node, List, Map>;
  #depth = 0;
  /** where the last value ended, or a key that has none */
  #end = 0;

  constructor(text: string, builder: Builder<Node, List, Map>) {
    this.#cursor = new Cursor(text);
    this.#builder = builder;
  }

  read(): Node {
    const isFlow = this.#cursor.character === "{";
    const root = isFlow
      ? this.#flowMap(-1)
      : this.#cursor.isAt(dash)
        ? this.#blockList(this.#cursor.column)
        : this.#blockMap(this.#cursor.column);
    if (isFlow) this.#cursor.endLine();
    if (this.#cursor.column !== -1) throw new Unusual();
    return root;
  }

  /** A value that begins a line, or the rest of one behind a dash; `parent` is the column of what holds it. */
  #block(parent: number, isCommented = false): Node {
    if (this.#cursor.isAt(dash)) return this.#blockList(this.#cursor.column);
    if (this.#cursor.isAt(blockKey)) return this.#blockMap(this.#cursor.column);
    if (isCommented) throw new Unusual();
    return this.#inline(parent);
  }

  #blockMap(column: number): Map {
    const map = this.#builder.map(this.#cursor.at);
    this.#deeper();
    do {
      const start = this.#cursor.at;
      const key = this.#key(blockKey);
      const end = this.#cursor.at;
      this.#end = end;
      this.#cursor.at += 1;
      const value = this.#behindKey(column);
      if (!this.#builder.set(map, key, value, start, end)) throw new Unusual();
    } while (this.#cursor.column === column);
    return this.#close(map, column);
  }

  #behindKey(column: number): Node {
    if (!this.#cursor.isLineOver()) return this.#inline(column);
    const start = this.#cursor.at;
    this.#cursor.endLine();
    // the `yaml` package takes some texts for keys when a comment stands before them
    const isCommented = this.#cursor.text.slice(start, this.#cursor.at).includes("#");
    if (this.#cursor.column > column) return this.#block(column, isCommented);
    if (this.#cursor.column === column && this.#cursor.isAt(dash)) return this.#blockList(column);
    return this.#builder.nothing();
  }

  /** A list may stand in the column of the key that has it. */
  #blockList(column: number): List {
    const list = this.#builder.list(this.#cursor.at);
    this.#deeper();
    do {
      const start = this.#cursor.at;
      this.#cursor.at += 1;
      this.#builder.add(list, this.#behindDash(column, start));
    } while (this.#cursor.column === column && this.#cursor.isAt(dash));
    return this.#close(list, column);
  }

  #behindDash(column: number, start: number): Node {
    if (this.#cursor.isLineOver()) throw new Unusual();
    this.#cursor.column = column + this.#cursor.at - start;
    return this.#block(column);
  }

  #close<Box extends List | Map>(box: Box, column: number): Box {
    if (this.#cursor.column > column) throw new Unusual();
    this.#depth -= 1;
    this.#builder.end(box, this.#end);
    return box;
  }

  /** A value on its line, and the way to the next line. */
  #inline(parent: number): Node {
    const node = this.#flow(parent, false);
    this.#end = this.#cursor.at;
    this.#cursor.endLine();
    if (this.#cursor.column > parent) throw new Unusual();
    return node;
  }

  /** @param isInside whether brackets are around, so that commas and brackets end a text */
  #flow(parent: number, isInside: boolean): Node {
    const start = this.#cursor.at;
    switch (this.#cursor.character) {
      case "{":
        return this.#flowMap(parent);
      case "[":
        return this.#flowList(parent);
      case '"':
      case "'":
        return this.#builder.scalar(this.#quoted(), start, this.#cursor.at);
    }
    if (!this.#cursor.isAt(firstOfText)) throw new Unusual();
    const written = (isInside ? this.#cursor.take(flowText) : this.#lineText()).trimEnd();
    this.#cursor.at = start + written.length;
    return this.#builder.scalar(textValue(written), start, this.#cursor.at);
  }

  #flowMap(parent: number): Map {
    const map = this.#builder.map(this.#cursor.at);
    this.#items("}", parent, () => {
      const start = this.#cursor.at;
      const key = this.#key(flowKey);
      const end = this.#cursor.at;
      this.#cursor.at += 1;
      this.#skipSpace(parent);
      if (!this.#builder.set(map, key, this.#flow(parent, true), start, end)) throw new Unusual();
    });
    this.#builder.end(map, this.#cursor.at);
    return map;
  }

  #flowList(parent: number): List {
    const list = this.#builder.list(this.#cursor.at);
    this.#items("]", parent, () => this.#builder.add(list, this.#flow(parent, true)));
    this.#builder.end(list, this.#cursor.at);
    return list;
  }

  #items(close: string, parent: number, readItem: () => void): void {
    this.#deeper();
    this.#cursor.at += 1;
    this.#skipSpace(parent);
    while (this.#cursor.character !== close) {
      readItem();
      this.#skipSpace(parent);
      if (this.#cursor.character === ",") {
        this.#cursor.at += 1;
        this.#skipSpace(parent);
      } else if (this.#cursor.character !== close) throw new Unusual();
    }
    this.#cursor.at += 1;
    this.#depth -= 1;
  }

  #key(pattern: RegExp): string {
    const written = this.#cursor.take(pattern);
    if (written.length > longestKey) throw new Unusual();
    return written.startsWith('"') || written.startsWith("'") ? written.slice(1, -1) : written;
  }

  #quoted(): string {
    return quotedText(this.#cursor.take(this.#cursor.character === '"' ? double : single));
  }

  /** A text without quotes, up to a comment or the line's end. */
  #lineText(): string {
    const line = this.#cursor.restOfLine();
    const comment = line.indexOf(" #");
    const written = comment === -1 ? line : line.slice(0, comment);
    if (written.includes(": ") || written.endsWith(":")) throw new Unusual();
    return written;
  }

  /** White space, line ends and comments between brackets; what follows stands to the right of the parent. */
  #skipSpace(parent: number): void {
    if (!this.#cursor.isLineOver()) return;
    this.#cursor.endLine();
    if (this.#cursor.column <= parent) throw new Unusual();
  }

  #deeper(): void {
    this.#depth += 1;
    if (this.#depth > deepest) throw new Unusual();
  }
}
