import type { Case } from "./disagreement.ts";
import type { Json } from "./manifest.ts";

/**
 * The smallest case that still shows what a case shows: parts of it are taken away, and put in the place of what holds them, as long as
 * it does. A case is JSON, so nothing has to be known of its parts (delta debugging, after Zeller and Hildebrandt).
 *
 * @param shows whether a case still disagrees; one that cannot be set up does not
 */
export async function reduce(from: Case, shows: (smaller: Case) => Promise<boolean>): Promise<Case> {
  let best: Json = from;
  for (let smaller: Json | undefined = best; smaller !== undefined; ) {
    best = smaller;
    smaller = undefined;
    for (const candidate of candidates(best)) {
      if (!(await shows(candidate))) continue;
      smaller = candidate;
      break;
    }
  }
  return best;
}

/** The value with one part less, the greatest parts first. */
function* candidates(whole: Json): Generator<Json> {
  for (const path of pathsOf(whole)) {
    yield changed(whole, path, (parent, key) => {
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key];
    });
  }
  for (const path of pathsOf(whole)) {
    const value = path.reduce((at, key) => at[key], whole);
    if (typeof value !== "object" || value === null) continue;
    for (const inner of Object.values(value)) {
      if (typeof inner === "object" && inner !== null)
        yield changed(whole, path, (parent, key) => {
          parent[key] = inner;
        });
    }
  }
}

/** The ways to all parts, short ways first. */
function pathsOf(whole: Json): readonly (readonly string[])[] {
  const all: (readonly string[])[] = [];
  let level: (readonly [Json, readonly string[]])[] = [[whole, []]];
  while (level.length > 0) {
    level = level.flatMap(([value, path]) =>
      typeof value === "object" && value !== null
        ? Object.entries(value).map(([key, inner]) => [inner, [...path, key]] as const)
        : [],
    );
    all.push(...level.map(([, path]) => path));
  }
  return all;
}

function changed(whole: Json, path: readonly string[], change: (parent: Json, key: string) => void): Json {
  const copy = structuredClone(whole);
  change(
    path.slice(0, -1).reduce((at, key) => at[key], copy),
    path.at(-1)!,
  );
  return copy;
}
