/** Two maps of named things, seen together. */
export interface Pairs<T> {
  readonly removed: readonly T[];
  readonly added: readonly T[];
  readonly kept: readonly (readonly [before: T, after: T])[];
}

/** Finds among old things that have no namesake the one that lives on as a new thing. */
export type Claim<T extends object> = (now: T, left: readonly T[]) => T | undefined;

/**
 * Finds what is gone, what is new and what is still there: by name, and then by each claim in turn.
 *
 * @param claims how a thing is known that has another name now
 */
export function pair<T extends object>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  ...claims: readonly Claim<T>[]
): Pairs<T> {
  const left = new Set([...before].filter(([name]) => !after.has(name)).map(([, old]) => old));
  const added = new Set([...after].filter(([name]) => !before.has(name)).map(([, now]) => now));
  const kept = [...before].flatMap(([name, old]) => (after.has(name) ? [[old, after.get(name)!] as const] : []));
  for (const claim of claims) {
    for (const now of added) {
      const old = claim(now, [...left]);
      if (old === undefined) continue;
      kept.push([old, now]);
      left.delete(old);
      added.delete(now);
    }
  }
  return { removed: [...left], added: [...added], kept };
}

/** Lists as maps, by what tells their items apart. */
export function keyed<T>(items: Iterable<T>, keyOf: (item: T) => string): ReadonlyMap<string, T> {
  return new Map([...items].map((item) => [keyOf(item), item]));
}
