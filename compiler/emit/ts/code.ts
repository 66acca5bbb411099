import { lineWidth } from "../layout.ts";
import { scalarLiteral } from "./string.ts";

/** Lines that are put together at a time: one text in their stead is little for the garbage collector to follow. */
const chunkSize = 512;

/** The text so far, and the column it has reached. A space at the end of a line is dropped. */
export class Printer {
  column = 0;
  readonly #chunks: string[] = [];
  #lines: string[] = [];
  #line = "";

  /** All of it, behind lines that stand above. */
  textBelow(head: readonly string[]): string {
    return [...head, ...this.#chunks, ...this.#lines, this.#line].join("\n");
  }

  write(text: string): void {
    this.#line += text;
    this.column += text.length;
  }

  /** Text that was laid out where it stands, with lines of its own. */
  writeLines(text: string): void {
    this.#line += text;
    const last = text.lastIndexOf("\n");
    this.column = last < 0 ? this.column + text.length : text.length - last - 1;
  }

  newline(indent = 0): void {
    this.#lines.push(this.#line.trimEnd());
    if (this.#lines.length === chunkSize) {
      this.#chunks.push(this.#lines.join("\n"));
      this.#lines = [];
    }
    this.#line = " ".repeat(indent);
    this.column = indent;
  }
}

/**
 * A piece of TypeScript that knows how to lay itself out. Only what is Code stands in generated text as it is: everything else that
 * is interpolated becomes a literal. Widths are known when a node is made, so that printing is linear: laying 10 MB out through
 * dprint takes 13 s, through this 0.5 s.
 */
export abstract class Code {
  /** columns on one line; Infinity for what cannot stand on one */
  abstract readonly width: number;
  /** columns up to the first place where a line may end */
  abstract readonly lead: number;
  /** a bracketed list that may stay open at the end of an argument list, as in `call("name", {` */
  readonly hugs: boolean = false;

  /** The code on one line; only for a finite width. */
  abstract flat(): string;

  /**
   * @param indent columns that its further lines are indented by
   * @param rest columns of what must follow on its last line
   */
  abstract print(to: Printer, indent: number, rest: number): void;

  /** Like `print`, but its lists are broken even where they would fit. */
  printBroken(to: Printer, indent: number, rest: number): void {
    this.print(to, indent, rest);
  }
}

/** Code on one line, taken as it is: made from what the compiler itself wrote, never from a manifest. */
class Text extends Code {
  readonly width: number;
  readonly lead: number;
  readonly #text: string;

  constructor(text: string) {
    super();
    this.#text = text;
    this.width = this.lead = text.length;
  }

  flat(): string {
    return this.#text;
  }

  print(to: Printer): void {
    to.write(this.#text);
  }
}

class Sequence extends Code {
  readonly width: number;
  readonly lead: number;
  override readonly hugs: boolean;
  readonly #parts: readonly Code[];

  constructor(parts: readonly Code[]) {
    super();
    this.#parts = parts;
    let width = 0;
    let hugs = false;
    for (const part of parts) {
      width += part.width;
      hugs ||= part.hugs;
    }
    this.width = width;
    this.hugs = hugs;
    this.lead = leadOf(parts, 0);
  }

  flat(): string {
    let text = "";
    for (const part of this.#parts) text += part.flat();
    return text;
  }

  print(to: Printer, indent: number, rest: number): void {
    if (to.column + this.width + rest <= lineWidth) to.write(this.flat());
    else this.#printParts(to, indent, rest, undefined);
  }

  override printBroken(to: Printer, indent: number, rest: number): void {
    this.#printParts(
      to,
      indent,
      rest,
      this.#parts.findLast((part) => part.hugs),
    );
  }

  #printParts(to: Printer, indent: number, rest: number, broken: Code | undefined): void {
    this.#parts.forEach((part, index) => {
      const after = part.lead < part.width ? restAfter(this.#parts, index, rest) : 0;
      if (part === broken) part.printBroken(to, indent, after);
      else part.print(to, indent, after);
    });
  }
}

/** Columns from a part on to the first place where a line may end. */
function leadOf(parts: readonly Code[], from: number): number {
  let lead = 0;
  for (let index = from; index < parts.length; index++) {
    const part = parts[index]!;
    lead += part.lead;
    if (part.lead < part.width) break;
  }
  return lead;
}

/** Columns that must follow a part on its last line, `rest` when no part behind it can be broken. */
function restAfter(parts: readonly Code[], index: number, rest: number): number {
  const lead = leadOf(parts, index + 1);
  return parts.some((next, at) => at > index && next.lead < next.width) ? lead : lead + rest;
}

/** Code that the compiler's own source spells out. */
export function raw(text: string): Code {
  if (text.includes("\n")) throw new Error(`Code of several lines must be built of lines: ${text}`);
  return new Text(text);
}

/** Parts one behind the other. What has no place to break is one text. */
export function sequence(parts: readonly Code[]): Code {
  if (parts.length === 1) return parts[0]!;
  let text = "";
  for (const part of parts) {
    if (!(part instanceof Text)) return new Sequence(parts);
    text += part.flat();
  }
  return new Text(text);
}

/** A string, number, boolean or null as a literal. */
export function scalar(value: string | number | boolean | null): Code {
  return new Text(scalarLiteral(value));
}

/** The texts of each template, which is the same object whenever its place in the source is reached. */
const templates = new WeakMap<TemplateStringsArray, readonly Text[]>();

/** The tag of templates of code: interpolated Code stays as it is, all else becomes a literal. */
export function ts(texts: TemplateStringsArray, ...values: readonly (Code | string | number | boolean | null)[]): Code {
  let own = templates.get(texts);
  if (!own) {
    own = texts.map((text) => new Text(text));
    templates.set(texts, own);
  }
  const parts: Code[] = [];
  for (let index = 0; index < own.length; index++) {
    if (own[index]!.width > 0) parts.push(own[index]!);
    const value = values[index];
    if (value !== undefined) parts.push(value instanceof Code ? value : scalar(value));
  }
  return sequence(parts);
}
