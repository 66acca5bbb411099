/** Columns that a line of SQL should not exceed. */
const width = 96;

/** Texts and names in quotes; parentheses; the words that start a clause; commas. */
const marks =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|([(])|([)])|( (?=(?:FROM|LEFT JOIN|JOIN|WHERE|GROUP BY|HAVING|ORDER BY|LIMIT|VALUES|SET|RETURNING|ON CONFLICT)\b))|(, )/g;

/** A place where a line may end. The lower its rank, the sooner it does: clauses before commas, outer before inner. */
interface Break {
  readonly at: number;
  readonly rank: number;
}

/** Breaks a long SQL text into lines, at clauses where it can and behind commas where it must. Joined they are the text again. */
export function clauses(text: string): string[] {
  return text.length <= width ? [text] : breakUp(text, 0, text.length, findBreaks(text));
}

function findBreaks(text: string): Break[] {
  const breaks: Break[] = [];
  let depth = 0;
  for (const { 0: match, 1: open, 2: close, 3: clause, 4: comma, index } of text.matchAll(marks)) {
    if (open) depth += 1;
    else if (close) depth -= 1;
    else if (clause) breaks.push({ at: index, rank: 2 * depth });
    else if (comma) breaks.push({ at: index + match.length, rank: 2 * depth + 1 });
  }
  return breaks;
}

function breakUp(text: string, start: number, end: number, breaks: readonly Break[]): string[] {
  const inside = breaks.filter(({ at }) => at > start && at < end);
  if (end - start <= width || inside.length === 0) return [text.slice(start, end)];
  const rank = inside.reduce((lowest, candidate) => Math.min(lowest, candidate.rank), Number.POSITIVE_INFINITY);
  const places = [...inside.filter((candidate) => candidate.rank === rank).map(({ at }) => at), end];
  const isClause = rank % 2 === 0;
  const lines: string[] = [];
  let from = start;
  places.forEach((place, index) => {
    const next = places[index + 1];
    if (!isClause && next !== undefined && next - from <= width) return;
    lines.push(...breakUp(text, from, place, inside));
    from = place;
  });
  return lines;
}
