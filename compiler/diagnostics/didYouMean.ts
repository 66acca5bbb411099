/**
 * A question for a name that does not exist: `Did you mean "title"?`, or nothing when no candidate is near.
 * Near is an edit distance of at most two fifths of the name, letter case aside.
 */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.floor(name.length * 0.4) + 1;
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of candidates) {
    const steps = distance(name.toLowerCase(), candidate.toLowerCase(), least);
    if (steps < least) [best, least] = [candidate, steps];
  }
  return best === undefined ? undefined : `Did you mean "${best}"?`;
}

/** Optimal string alignment distance (Damerau's, neighbours swapped once), or `limit` when it is not less. */
function distance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit;
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const next = [row];
    for (let column = 1; column <= to.length; column++) {
      const changed = from[row - 1] === to[column - 1] ? 0 : 1;
      let steps = Math.min(last[column]! + 1, next[column - 1]! + 1, last[column - 1]! + changed);
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) steps = Math.min(steps, before[column - 2]! + 1);
      next.push(steps);
    }
    before = last;
    last = next;
  }
  return Math.min(last[to.length]!, limit);
}
