/** Columns that what stands on one line may reach. */
export const lineWidth = 120;

/** What stands around a property's value. */
export interface PrintedName {
  /** with the space before the value */
  readonly key: string;
  readonly behind: string;
}

/** How a language writes data. */
export interface Notation {
  /** a string, number, boolean or null */
  readonly scalar: (value: unknown) => string;
  readonly name: (name: string) => PrintedName;
  /** behind the last of several lines: a comma where the language takes one */
  readonly lastComma: "," | "";
  /** lists that have an item a line even where all would fit on one */
  readonly isTall?: (list: readonly unknown[]) => boolean;
}

/** A map whose members are made when it is their turn, and forgotten then: the API of a large App, held at once, is hundreds of megabytes. */
export class Members {
  readonly entries: Iterable<readonly [name: string, value: unknown]>;

  constructor(entries: Iterable<readonly [name: string, value: unknown]>) {
    this.entries = entries;
  }
}

/** Lines begin with one of these, by columns. */
const lineStarts: string[] = [];

function lineStart(indent: number): string {
  lineStarts[indent] ??= `\n${" ".repeat(indent)}`;
  return lineStarts[indent];
}

/**
 * Lays data out: what fits on one line stands on one, all else has an item or a property a line. Properties that are undefined are left out.
 * Parts are laid out first: what fits with all around it fits alone, so nothing is printed twice.
 */
export class Layout {
  readonly #notation: Notation;
  readonly #names = new Map<string, PrintedName>();
  /** whether what was laid out last has several lines */
  #isBroken = false;

  constructor(notation: Notation) {
    this.#notation = notation;
  }

  /**
   * @param indent columns that further lines are indented by
   * @param columns that are left on the line; with none, whatever has parts is broken
   */
  print(value: unknown, indent: number, columns: number): string {
    this.#isBroken = false;
    if (typeof value !== "object" || value === null) return this.#notation.scalar(value);
    if (Array.isArray(value)) return this.#list(value, indent, columns);
    return this.#map(value, indent, columns);
  }

  #list(list: readonly unknown[], indent: number, columns: number): string {
    const { isTall } = this.#notation;
    const room = lineWidth - indent - 3;
    const parts: string[] = [];
    let [width, isBroken] = [0, isTall?.(list) ?? false];
    for (const item of list) {
      const part = this.print(item, indent + 2, room);
      isBroken ||= this.#isBroken;
      width += part.length + 2;
      parts.push(part);
    }
    if (parts.length === 0) return "[]";
    this.#isBroken = isBroken || width > columns;
    return this.#isBroken ? this.#tall("[", parts, "]", indent) : `[${parts.join(", ")}]`;
  }

  #map(map: object, indent: number, columns: number): string {
    const parts: string[] = [];
    if (map instanceof Members) {
      for (const [name, value] of map.entries) parts.push(this.#property(name, value, indent));
      this.#isBroken = parts.length > 0;
    } else {
      let [width, isBroken] = [2, false];
      for (const name of Object.keys(map)) {
        const value = (map as Record<string, unknown>)[name];
        if (value === undefined) continue;
        const part = this.#property(name, value, indent);
        isBroken ||= this.#isBroken;
        width += part.length + 2;
        parts.push(part);
      }
      this.#isBroken = parts.length > 0 && (isBroken || width > columns);
    }
    if (parts.length === 0) return "{}";
    return this.#isBroken ? this.#tall("{", parts, "}", indent) : `{ ${parts.join(", ")} }`;
  }

  #property(name: string, value: unknown, indent: number): string {
    const { key, behind } = this.#name(name);
    return key + this.print(value, indent + 2, lineWidth - indent - 3 - key.length - behind.length) + behind;
  }

  #tall(open: string, parts: readonly string[], close: string, indent: number): string {
    const { lastComma } = this.#notation;
    const start = lineStart(indent + 2);
    return `${open}${start}${parts.join(`,${start}`)}${lastComma}${lineStart(indent)}${close}`;
  }

  /** Names of properties return again and again. */
  #name(name: string): PrintedName {
    let printed = this.#names.get(name);
    if (printed === undefined) {
      printed = this.#notation.name(name);
      this.#names.set(name, printed);
    }
    return printed;
  }
}
