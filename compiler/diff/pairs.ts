/** Two maps of named things, seen together. */
export interface Pairs<T> {
  readonly removed: readonly T[];
  readonly added: readonly T[];
  readonly kept: readonly (readonly [before: T, after: T])[];
}

/**
 * Finds what is gone, what is new and what is still there, by name.
 *
 * @param isRenamed whether a thing without a namesake is another one under a new name
 */
export function pair<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  isRenamed: (old: T, now: T) => boolean = () => false,
): Pairs<T> {
  const kept: (readonly [T, T])[] = [];
  const removed: T[] = [];
  const added = new Set([...after].filter(([name]) => !before.has(name)).map(([, now]) => now));
  for (const [name, old] of before) {
    const now = after.get(name) ?? [...added].find((candidate) => isRenamed(old, candidate));
    if (now === undefined) removed.push(old);
    else {
      kept.push([old, now]);
      added.delete(now);
    }
  }
  return { removed, added: [...added], kept };
}

/** Lists as maps, by what tells their items apart. */
export function keyed<T>(items: Iterable<T>, keyOf: (item: T) => string): ReadonlyMap<string, T> {
  return new Map([...items].map((item) => [keyOf(item), item]));
}
