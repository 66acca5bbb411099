/*
 * One long statement as lines that a person can read. A part that fits stays on its line; one that does not is broken at its
 * clauses, else at its commas or ANDs, else inside its parentheses.
 */

type Token = { readonly space: boolean } & ({ readonly text: string } | { readonly group: readonly Token[] });

const WIDTH = 100;
const INDENT = "  ";

/** The statement in lines, none longer than it has to be. */
export function layOut(sql: string): string {
  const words = sql.match(/\s+|'(?:[^']|'')*'|"(?:[^"]|"")*"|[(),]|[^\s(),'"]+/g) ?? [];
  return lines(readTokens(words[Symbol.iterator]()), WIDTH).join("\n");
}

/** Tokens up to the end, or to the parenthesis that closes the group. */
function readTokens(words: Iterator<string>): Token[] {
  const tokens: Token[] = [];
  let space = false;
  for (let word = words.next(); !word.done && word.value !== ")"; word = words.next()) {
    if (/^\s/.test(word.value)) {
      space = true;
      continue;
    }
    tokens.push(word.value === "(" ? { space, group: readTokens(words) } : { space, text: word.value });
    space = false;
  }
  return tokens;
}

function flat(tokens: readonly Token[]): string {
  return tokens
    .map((token, index) => {
      const text = "text" in token ? token.text : `(${flat(token.group)})`;
      return index > 0 && token.space ? ` ${text}` : text;
    })
    .join("");
}

function lines(tokens: readonly Token[], width: number): string[] {
  const whole = flat(tokens);
  if (whole.length <= width) return [whole];
  const clauses = splitBefore(
    tokens,
    (token, index) => startsClause(token) && !isWord(tokens[index - 1], /^(DELETE|CROSS)$/),
  );
  if (clauses.length > 1) return clauses.flatMap((clause) => clauseLines(clause, width));
  const items = itemsOf(tokens);
  return items.length > 1 ? items.flatMap((item) => lines(item, width)) : groupLines(tokens, width);
}

const clauseWords = /^(SELECT|FROM|WHERE|ORDER|GROUP|HAVING|LIMIT|CROSS|JOIN|SET|VALUES|RETURNING)$/;

function startsClause(token: Token): boolean {
  return "text" in token && clauseWords.test(token.text);
}

/** The word that opens a clause, then its items below it. */
function clauseLines(clause: readonly Token[], width: number): string[] {
  const whole = flat(clause);
  if (whole.length <= width) return [whole];
  const opening = clause.findIndex((token) => !isWord(token, /^[A-Z]+$/));
  const items = itemsOf(clause.slice(opening));
  if (items.length === 1 || opening < 1) return groupLines(clause, width);
  const broken = items.flatMap((item) => lines(item, width - INDENT.length));
  return [flat(clause.slice(0, opening)), ...broken.map((line) => INDENT + line)];
}

function isWord(token: Token | undefined, pattern: RegExp): boolean {
  return token !== undefined && "text" in token && pattern.test(token.text);
}

/** Parts between commas, or else between ANDs, or else between ORs; what separates them is the last or the first of each. */
function itemsOf(tokens: readonly Token[]): Token[][] {
  const byComma = splitBefore(tokens, (_, index) => isWord(tokens[index - 1], /^,$/));
  if (byComma.length > 1) return byComma;
  const byAnd = splitBefore(tokens, (token) => isWord(token, /^AND$/));
  return byAnd.length > 1 ? byAnd : splitBefore(tokens, (token) => isWord(token, /^OR$/));
}

/** Breaks inside the groups that do not fit, and keeps what is between them on the lines that they open and close. */
function groupLines(tokens: readonly Token[], width: number): string[] {
  const result: string[] = [];
  let line = "";
  for (const [index, token] of tokens.entries()) {
    const gap = index > 0 && token.space ? " " : "";
    const whole = flat([token]);
    if ("text" in token || line.length + gap.length + whole.length <= width) {
      line += gap + whole;
      continue;
    }
    const inner = width - INDENT.length;
    const broken = isPairs(tokens[index - 1])
      ? pairs(token.group).flatMap((pair) => groupLines(pair, inner))
      : lines(token.group, inner);
    result.push(`${line}${gap}(`, ...broken.map((each) => INDENT + each));
    line = ")";
  }
  return [...result, line];
}

function isPairs(token: Token | undefined): boolean {
  return isWord(token, /json_(object|set)$/);
}

/** The arguments of `json_object` two by two; those of `json_set` behind what they are set on. */
function pairs(group: readonly Token[]): Token[][] {
  const items = splitBefore(group, (_, index) => isWord(group[index - 1], /^,$/));
  const result: Token[][] = items.length % 2 === 1 ? [items.shift()!] : [];
  for (let index = 0; index < items.length; index += 2) result.push([...items[index]!, ...items[index + 1]!]);
  return result;
}

function splitBefore(tokens: readonly Token[], starts: (token: Token, index: number) => boolean): Token[][] {
  const parts: Token[][] = [];
  for (const [index, token] of tokens.entries()) {
    if (index === 0 || starts(token, index)) parts.push([]);
    parts.at(-1)!.push(token);
  }
  return parts;
}
