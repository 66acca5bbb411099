/** Columns that a line of SQL should not exceed. */
const width = 96;

/** The words that start a clause. */
const clause = /(?:FROM|LEFT JOIN|JOIN|WHERE|GROUP BY|HAVING|ORDER BY|LIMIT|VALUES|SET|RETURNING|ON CONFLICT)\b/y;

/** A place where a line may end. The lower its rank, the sooner it does: clauses before commas, outer before inner. */
interface Break {
  readonly at: number;
  readonly rank: number;
}

/** Breaks a long SQL text into lines, at clauses where it can and behind commas where it must. Joined they are the text again. */
export function clauses(text: string): string[] {
  if (text.length <= width) return [text];
  const lines: string[] = [];
  breakUp(text, 0, text.length, findBreaks(text), lines);
  return lines;
}

/** Reads the text by characters: texts and names in quotes, parentheses, commas, and a space before a clause. */
function findBreaks(text: string): Break[] {
  const breaks: Break[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case "'":
      case '"':
        at = endOfQuoted(text, at);
        break;
      case "(":
        depth += 1;
        break;
      case ")":
        depth -= 1;
        break;
      case ",":
        if (text[at + 1] === " ") breaks.push({ at: at + 2, rank: 2 * depth + 1 });
        break;
      case " ":
        if (startsClause(text, at + 1)) breaks.push({ at, rank: 2 * depth });
    }
  }
  return breaks;
}

/** Where the closing quote stands. A doubled quote closes one and opens the next. */
function endOfQuoted(text: string, open: number): number {
  const close = text.indexOf(text[open]!, open + 1);
  return close < 0 ? open : close;
}

function startsClause(text: string, at: number): boolean {
  const first = text.charCodeAt(at);
  if (first < 0x41 || first > 0x5a) return false;
  clause.lastIndex = at;
  return clause.test(text);
}

function breakUp(text: string, start: number, end: number, breaks: readonly Break[], lines: string[]): void {
  const inside = end - start <= width ? [] : breaks.filter(({ at }) => at > start && at < end);
  if (inside.length === 0) {
    lines.push(text.slice(start, end));
    return;
  }
  const rank = inside.reduce((lowest, candidate) => Math.min(lowest, candidate.rank), Number.POSITIVE_INFINITY);
  const places = [...inside.filter((candidate) => candidate.rank === rank).map(({ at }) => at), end];
  const isClause = rank % 2 === 0;
  let from = start;
  places.forEach((place, index) => {
    const next = places[index + 1];
    if (!isClause && next !== undefined && next - from <= width) return;
    breakUp(text, from, place, inside, lines);
    from = place;
  });
}
