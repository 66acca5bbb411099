/**
 * What stands behind "Did you mean": the candidate nearest to a name, if any is near. Names that differ only in case or in
 * separators (`due_at`, `dueAt`) are nearest of all; otherwise one letter may be wrong, and in longer
 * names two in five.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const plain = unify(name);
  let best: string | undefined;
  let bestDistance = plain.length < 2 ? 1 : Math.max(2, Math.floor(plain.length * 0.4) + 1);
  for (const candidate of candidates) {
    if (candidate === name || Math.abs(candidate.length - name.length) > bestDistance + 2) continue;
    const distance = editDistance(plain, unify(candidate), bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

function unify(name: string): string {
  return name.replace(/[_\-\s]/g, "").toLowerCase();
}

/**
 * Edits between two texts: insertions, deletions, replacements and swaps of neighbours (the restricted Damerau-Levenshtein
 * distance, row by row). Gives up with `limit` as soon as no way can be shorter.
 */
function editDistance(a: string, b: string, limit: number): number {
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(previous[j]! + 1, row[j - 1]! + 1, replaced, swapped ? older[j - 2]! + 1 : Infinity);
    }
    if (Math.min(...row) >= limit) return limit;
    [older, previous] = [previous, row];
  }
  return previous[b.length]!;
}
