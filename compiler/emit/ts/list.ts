import { lineWidth } from "../layout.ts";
import { Code, type Printer, raw, sequence } from "./code.ts";
import { propertyKey } from "./string.ts";

interface ListOptions {
  readonly open: string;
  readonly close: string;
  /** what stands between items, without the space or line break behind it */
  readonly separator: string;
  /** a space inside the brackets when all is on one line */
  readonly spaced?: boolean;
  /** one item a line even where all would fit on one */
  readonly expand?: boolean;
  /** a last item with brackets of its own may stay on the opening line */
  readonly hugsLast?: boolean;
}

/** Items in brackets: on one line where they fit, one a line otherwise. */
class List extends Code {
  readonly width: number;
  readonly lead: number;
  override readonly hugs: boolean;
  readonly #items: readonly Code[];
  readonly #options: ListOptions;

  constructor(items: readonly Code[], options: ListOptions) {
    super();
    this.#items = items;
    this.#options = options;
    const { open, close, separator, spaced, expand } = options;
    const inner = items.reduce((sum, item) => sum + item.width, 0) + (items.length - 1) * (separator.length + 1);
    const flat = items.length === 0 ? 0 : inner + (spaced ? 2 : 0);
    this.width = expand && items.length > 0 ? Number.POSITIVE_INFINITY : open.length + flat + close.length;
    this.lead = items.length === 0 ? this.width : open.length;
    this.hugs = items.length > 0 && !options.hugsLast;
  }

  get open(): string {
    return this.#options.open;
  }

  get count(): number {
    return this.#items.length;
  }

  flat(): string {
    const { open, close, separator, spaced } = this.#options;
    const space = spaced && this.#items.length > 0 ? " " : "";
    let text = open + space;
    this.#items.forEach((item, index) => {
      text += index === 0 ? item.flat() : `${separator} ${item.flat()}`;
    });
    return text + space + close;
  }

  print(to: Printer, indent: number, rest: number): void {
    if (to.column + this.width + rest <= lineWidth) to.write(this.flat());
    else if (this.#lastFitsOpen(to.column)) this.#printOpenLast(to, indent, rest);
    else this.printBroken(to, indent);
  }

  override printBroken(to: Printer, indent: number): void {
    const { open, close, separator } = this.#options;
    to.write(open);
    for (const item of this.#items) {
      to.newline(indent + 2);
      item.print(to, indent + 2, separator.length);
      to.write(separator);
    }
    if (this.#items.length > 0) to.newline(indent);
    to.write(close);
  }

  #lastFitsOpen(column: number): boolean {
    const last = this.#items.at(-1);
    if (!this.#options.hugsLast || !last?.hugs) return false;
    const before = this.#items.slice(0, -1).reduce((sum, item) => sum + item.width + 2, 0);
    return column + this.#options.open.length + before + last.lead <= lineWidth;
  }

  #printOpenLast(to: Printer, indent: number, rest: number): void {
    const { open, close, separator } = this.#options;
    to.write(open);
    for (const item of this.#items.slice(0, -1)) to.write(`${item.flat()}${separator} `);
    this.#items.at(-1)!.printBroken(to, indent, close.length + rest);
    to.write(close);
  }
}

/** `(a, b)`, the last argument's brackets left open on the line where that helps. */
export function call(callee: Code, args: readonly Code[]): Code {
  return sequence([callee, new List(args, { open: "(", close: ")", separator: ",", hugsLast: true })]);
}

/** `[a, b]`; a list of several objects, or of several lists, has an item a line. */
export function array(items: readonly Code[]): Code {
  const [first, ...others] = items;
  const isMany = (item: Code | undefined, open: string | undefined): boolean =>
    item instanceof List && item.open === open && item.count > 1;
  const kind = first instanceof List ? first.open : undefined;
  const expand = others.length > 0 && items.every((item) => isMany(item, kind));
  return new List(items, { open: "[", close: "]", separator: ",", expand });
}

/** An object literal; its members come from `member` or `raw`. */
export function object(members: readonly Code[], { expand = false } = {}): Code {
  return new List(members, { open: "{", close: "}", separator: ",", spaced: true, expand });
}

/** Very many members in braces, a member a line: each is made when it is printed, and forgotten then. */
class LongList extends Code {
  readonly width = Number.POSITIVE_INFINITY;
  readonly lead = 1;
  readonly #members: Iterable<Code>;
  readonly #separator: string;

  constructor(members: Iterable<Code>, separator: string) {
    super();
    this.#members = members;
    this.#separator = separator;
  }

  flat(): string {
    throw new Error("A long list does not fit on one line");
  }

  print(to: Printer, indent: number): void {
    let isEmpty = true;
    to.write("{");
    for (const member of this.#members) {
      isEmpty = false;
      to.newline(indent + 2);
      member.print(to, indent + 2, 1);
      to.write(this.#separator);
    }
    if (!isEmpty) to.newline(indent);
    to.write("}");
  }
}

/**
 * An object literal whose size grows with the App: one that holds every operation at once would be hundreds of megabytes of nodes.
 *
 * @param each makes the members of one item, when it is their turn
 */
export function longObject<T>(items: Iterable<T>, each: (item: T) => Code): Code {
  return new LongList(mapped(items, each), ",");
}

/** The same for an object type. */
export function longTypeBody<T>(items: Iterable<T>, each: (item: T) => Code): Code {
  return new LongList(mapped(items, each), ";");
}

/** Unlike a generator it can be run through again. */
function mapped<T>(items: Iterable<T>, each: (item: T) => Code): Iterable<Code> {
  return {
    *[Symbol.iterator]() {
      for (const item of items) yield each(item);
    },
  };
}

/** `name: value` of an object literal. */
export function member(name: string, value: Code): Code {
  return sequence([raw(`${propertyKey(name)}: `), value]);
}

/** The body of an interface or object type: `{ a: string; b: number }`. */
export function typeBody(members: readonly Code[], { expand = false } = {}): Code {
  return new List(members, { open: "{", close: "}", separator: ";", spaced: true, expand });
}

/** `name: type` of an object type, `name?: type` where it may be absent. */
export function property(name: string, type: Code, { optional = false } = {}): Code {
  return sequence([raw(`${propertyKey(name)}${optional ? "?" : ""}: `), type]);
}
