import type { Place } from "../manifest/place.ts";

/** A name that something gets, and what gets it. */
export interface Named {
  /** the name of the manifest */
  readonly name: string;
  /** the name that it becomes */
  readonly becomes: string;
  readonly place: Place;
}

/** Each thing whose name another one has taken before it, with that other one. */
export function meeting(
  named: Iterable<Named>,
  sameAs = (name: string) => name,
): readonly (readonly [later: Named, earlier: Named])[] {
  const taken = new Map<string, Named>();
  const pairs: (readonly [Named, Named])[] = [];
  for (const one of named) {
    const key = sameAs(one.becomes);
    const earlier = taken.get(key);
    if (earlier) pairs.push([one, earlier]);
    else taken.set(key, one);
  }
  return pairs;
}
