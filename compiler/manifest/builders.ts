import type { Builder } from "./plain.ts";
import type { Entry, Tree } from "./tree.ts";

type PlainMap = { [key: string]: unknown };

/** Makes plain data of what is read. */
export const values: Builder<unknown, unknown[], PlainMap> = {
  scalar: (value) => value,
  nothing: () => null,
  list: () => [],
  map: () => Object.create(null) as PlainMap,
  add: (list, item) => void list.push(item),
  set(map, key, value) {
    if (key in map) return false;
    map[key] = value;
    return true;
  },
  end: () => {},
};

/** Where a value stands, and what it holds. */
export interface Position {
  readonly range: [start: number, end: number];
  readonly entries: Map<string, Entry<Position>>;
}

/** Makes the positions of what is read. */
export const positions: Builder<Position, Position, Position> = {
  scalar: (_, start, end) => ({ range: [start, end], entries: none }),
  nothing: () => ({ range: [0, 0], entries: none }),
  list: beginning,
  map: beginning,
  add: ({ entries }, value) => void entries.set(String(entries.size), { value }),
  set({ entries }, name, value, start, end) {
    if (entries.has(name)) return false;
    entries.set(name, { key: { range: [start, end], entries: none }, value });
    return true;
  },
  end({ range }, end) {
    range[1] = end;
  },
};

export function treeOf(root: Position): Tree<Position> {
  return { root, entriesOf: ({ entries }) => entries };
}

const none: Position["entries"] = new Map();

function beginning(start: number): Position {
  return { range: [start, start], entries: new Map() };
}
