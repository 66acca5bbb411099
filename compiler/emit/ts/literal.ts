import { Layout, lineWidth, type Notation } from "../layout.ts";
import { Code, type Printer, raw, scalar } from "./code.ts";
import { propertyKey, scalarLiteral } from "./string.ts";

/** Plain values, as they are written in JSON. */
export type Data = null | boolean | number | string | readonly Data[] | { readonly [key: string]: Data | undefined };

/**
 * For a property that every object inherits TypeScript expects the inherited type, whatever an index signature says, and would widen
 * `"number"` to string: hence `as const`.
 */
const notation: Notation = {
  scalar: (value) => scalarLiteral(value as string),
  name: (name) => ({ key: `${propertyKey(name)}: `, behind: name in Object.prototype ? " as const" : "" }),
  lastComma: ",",
  isTall: isListOfMany,
};

const layout = new Layout(notation);

/** A list of several objects, or of several lists, that have several parts each. */
function isListOfMany(list: readonly unknown[]): boolean {
  if (list.length < 2) return false;
  const isList = Array.isArray(list[0]);
  return list.every((item) => Array.isArray(item) === isList && partsOf(item) > 1);
}

function partsOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return Array.isArray(value) ? value.length : Object.values(value).filter((part) => part !== undefined).length;
}

/** Data that has parts, printed from what it is: no node for each of them. */
class Literal extends Code {
  readonly lead = 1;
  override readonly hugs = true;
  readonly #value: object;
  readonly #expand: boolean;
  #flat: string | undefined;

  constructor(value: object, expand: boolean) {
    super();
    this.#value = value;
    this.#expand = expand;
  }

  get width(): number {
    if (this.#expand) return Number.POSITIVE_INFINITY;
    const text = this.flat();
    return text.includes("\n") ? Number.POSITIVE_INFINITY : text.length;
  }

  flat(): string {
    this.#flat ??= layout.print(this.#value, 0, Number.POSITIVE_INFINITY);
    return this.#flat;
  }

  print(to: Printer, indent: number, rest: number): void {
    to.writeLines(layout.print(this.#value, indent, this.#expand ? 0 : lineWidth - to.column - rest));
  }

  override printBroken(to: Printer, indent: number): void {
    to.writeLines(layout.print(this.#value, indent, 0));
  }
}

/**
 * Plain data as a literal, as few lines as fit.
 *
 * @param expand a part a line even where all would fit on one
 */
export function literal(value: Data, { expand = false } = {}): Code {
  if (value === null || typeof value !== "object") return scalar(value);
  if (partsOf(value) === 0) return raw(Array.isArray(value) ? "[]" : "{}");
  return new Literal(value, expand);
}
