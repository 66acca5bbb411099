import { lineWidth } from "../layout.ts";
import { Code, type Printer, raw } from "./code.ts";
import { commentText } from "./string.ts";

/** Code on several lines of one indentation. */
class Lines extends Code {
  readonly width = Number.POSITIVE_INFINITY;
  readonly lead: number;
  readonly #items: readonly Code[];

  constructor(items: readonly Code[]) {
    super();
    this.#items = items;
    this.lead = items[0]?.lead ?? 0;
  }

  flat(): string {
    throw new Error("Lines do not fit on one line");
  }

  print(to: Printer, indent: number, rest: number): void {
    this.#items.forEach((item, index) => {
      if (index > 0) to.newline(indent);
      item.print(to, indent, index === this.#items.length - 1 ? rest : 0);
    });
  }
}

/** A call with calls behind it: `text("title").notNull()`; broken before each when it has many and they do not fit. */
class Chain extends Code {
  readonly width: number;
  readonly lead: number;
  readonly #head: Code;
  readonly #links: readonly Code[];

  constructor(head: Code, links: readonly Code[], expand: boolean) {
    super();
    this.#head = head;
    this.#links = links;
    const width = links.reduce((sum, link) => sum + link.width, head.width);
    this.width = expand ? Number.POSITIVE_INFINITY : width;
    this.lead = head.lead;
  }

  flat(): string {
    return this.#head.flat() + this.#links.map((link) => link.flat()).join("");
  }

  print(to: Printer, indent: number, rest: number): void {
    if (to.column + this.width + rest <= lineWidth) to.write(this.flat());
    else this.printBroken(to, indent, rest);
  }

  override printBroken(to: Printer, indent: number, rest: number): void {
    const broken = this.#links.length > 1;
    this.#head.print(to, indent, 0);
    for (const link of this.#links) {
      if (broken) to.newline(indent + 2);
      link.print(to, broken ? indent + 2 : indent, link === this.#links.at(-1) ? rest : 0);
    }
  }
}

/** A function that returns an expression: as a last argument it may have its body on the lines below. */
class Arrow extends Code {
  override readonly hugs = true;
  readonly width: number;
  readonly lead: number;
  readonly #parameters: Code;
  readonly #body: Code;

  constructor(parameters: Code, body: Code) {
    super();
    this.#parameters = parameters;
    this.#body = body;
    this.lead = parameters.width + " =>".length;
    this.width = this.lead + 1 + body.width;
  }

  flat(): string {
    return `${this.#parameters.flat()} => ${this.#body.flat()}`;
  }

  print(to: Printer, indent: number, rest: number): void {
    if (to.column + this.width + rest <= lineWidth) to.write(this.flat());
    else this.printBroken(to, indent);
  }

  override printBroken(to: Printer, indent: number): void {
    this.#parameters.print(to, indent, 0);
    to.write(" =>");
    to.newline(indent + 2);
    this.#body.print(to, indent + 2, 1);
    to.write(",");
    to.newline(indent);
  }
}

/** Types joined by `|` or `&`: on one line, or one a line; an object that may be null stays where it is. */
class Joined extends Code {
  readonly width: number;
  readonly lead = 0;
  readonly #items: readonly Code[];
  readonly #mark: "|" | "&";

  constructor(items: readonly Code[], mark: "|" | "&") {
    super();
    this.#items = items.flatMap((item) => (item instanceof Joined && item.#mark === mark ? item.#items : [item]));
    this.#mark = mark;
    this.width = items.reduce((sum, item) => sum + item.width, 3 * (items.length - 1));
  }

  flat(): string {
    return this.#items.map((item) => item.flat()).join(` ${this.#mark} `);
  }

  print(to: Printer, indent: number, rest: number): void {
    if (to.column + this.width + rest <= lineWidth) to.write(this.flat());
    else this.printBroken(to, indent, rest);
  }

  override printBroken(to: Printer, indent: number, rest: number): void {
    const [first, second, ...others] = this.#items;
    if (first?.hugs && second?.width === "null".length && others.length === 0) {
      const suffix = ` ${this.#mark} ${second.flat()}`;
      first.print(to, indent, suffix.length + rest);
      to.write(suffix);
      return;
    }
    for (const item of this.#items) {
      to.newline(indent + 2);
      to.write(`${this.#mark} `);
      item.print(to, indent + 4, rest);
    }
  }
}

export function lines(items: readonly Code[]): Code {
  return items.length === 1 ? items[0]! : new Lines(items);
}

/**
 * @param links calls on the result of `head`, each with its dot
 * @param expand each link on a line of its own, as where an argument is a function or deeply nested
 */
export function chain(head: Code, links: readonly Code[], { expand = false } = {}): Code {
  if (links.length === 0) return head;
  const calls = head.width === 1 ? links : [head, ...links];
  const isNested = calls.length > 2 && calls.some(isDeep);
  return new Chain(head, links, links.length > 1 && (expand || isNested));
}

/** Whether a value stands in more than two brackets; brackets with nothing in them do not count. */
function isDeep(code: Code): boolean {
  if (code.width > lineWidth) return false;
  const text = code.flat();
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "(" || character === "[" || character === "{") depth += 1;
    else if (character === ")" || character === "]" || character === "}") depth -= 1;
    else if (depth > 2) return true;
    else if (character === '"' || character === "'" || character === "`") at = endOfText(text, at);
  }
  return false;
}

/** Where the quote stands that closes the one at `start`. */
function endOfText(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== text[start]) at += text[at] === "\\" ? 2 : 1;
  return at;
}

/** `(parameters) => body`, to be a call's last argument. */
export function arrow(parameters: Code, body: Code): Code {
  return new Arrow(parameters, body);
}

export function union(items: readonly Code[]): Code {
  return items.length === 1 ? items[0]! : new Joined(items, "|");
}

export function intersection(items: readonly Code[]): Code {
  return items.length === 1 ? items[0]! : new Joined(items, "&");
}

/** Code with a doc comment over it; without a description the code alone. */
export function documented(description: string | undefined, code: Code): Code {
  if (!description?.trim()) return code;
  return lines([...docComment(description), code]);
}

function docComment(description: string): Code[] {
  const texts = commentText(description).trim().split("\n").flatMap(wrap);
  if (texts.length === 1) return [raw(`/** ${texts[0]} */`)];
  return [raw("/**"), ...texts.map((text) => raw(` * ${text}`.trimEnd())), raw(" */")];
}

/** Breaks a line of prose at spaces, at 100 columns. */
function wrap(text: string): string[] {
  const wrapped: string[] = [];
  let line = "";
  for (const word of text.trimEnd().split(" ")) {
    if (line && line.length + word.length >= 100) {
      wrapped.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...wrapped, line];
}
