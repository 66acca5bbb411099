/** Columns that what stands on one line may reach. */
export const lineWidth = 120;

/** How a language writes data. */
export interface Notation {
  /** a string, number, boolean or null */
  readonly scalar: (value: unknown) => string;
  /** what stands before a property's value, the space included */
  readonly key: (name: string) => string;
  /** what stands behind a property's value */
  readonly behind?: (name: string) => string;
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
  readonly #keys = new Map<string, string>();
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
    const isLong = map instanceof Members;
    const room = lineWidth - indent - 3;
    const parts: string[] = [];
    let [width, isBroken] = [2, isLong];
    for (const [name, value] of isLong ? map.entries : Object.entries(map)) {
      if (value === undefined) continue;
      const key = this.#key(name);
      const behind = this.#notation.behind?.(name) ?? "";
      const part = key + this.print(value, indent + 2, room - key.length - behind.length) + behind;
      isBroken ||= this.#isBroken;
      width += part.length + 2;
      parts.push(part);
    }
    if (parts.length === 0) return "{}";
    this.#isBroken = isBroken || width > columns;
    return this.#isBroken ? this.#tall("{", parts, "}", indent) : `{ ${parts.join(", ")} }`;
  }

  #tall(open: string, parts: readonly string[], close: string, indent: number): string {
    const { lastComma } = this.#notation;
    const start = lineStart(indent + 2);
    return `${open}${start}${parts.join(`,${start}`)}${lastComma}${lineStart(indent)}${close}`;
  }

  /** Names of properties return again and again. */
  #key(name: string): string {
    let key = this.#keys.get(name);
    if (key === undefined) {
      key = this.#notation.key(name);
      this.#keys.set(name, key);
    }
    return key;
  }
}
