/** A token of an expression as the grammar sees it: a `value` is a column, a parameter or a literal. */
export interface Part {
  readonly kind: "value" | "word" | "symbol";
  /** words in lower case */
  readonly text: string;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const prefixes = words("+ - ~ not");
const binary = words("|| * / % + - & | << >> < <= > >= = == <> != -> ->> and or is like glob in between escape");
const negatable = words("like glob in between");
const constants = words("null true false");

/**
 * Whether values and operators take turns as SQLite's grammar wants it (https://sqlite.org/lang_expr.html). Parentheses are known to
 * match; what a function or a type is called is not asked here.
 *
 * @returns the first part that cannot stand where it does, or the last where something is missing behind it; undefined where all is well
 */
export function misplaced(parts: readonly Part[]): Part | undefined {
  const turn = { wantsValue: true, cases: 0 };
  for (let at = 0; at < parts.length; ) {
    const read = turn.wantsValue ? valuePart(parts, at, turn) : operatorPart(parts, at, turn);
    if (read === 0) return parts[at];
    at += read;
  }
  return turn.wantsValue || turn.cases > 0 ? parts.at(-1) : undefined;
}

/** Whose turn it is, and how many CASE are open. */
interface Turn {
  wantsValue: boolean;
  cases: number;
}

/** Reads on where a value is wanted. Returns how many parts were read, none where the first has no place here. */
function valuePart(parts: readonly Part[], at: number, turn: Turn): number {
  const { kind, text } = parts[at]!;
  const [before, behind] = [parts[at - 1]?.text, parts[at + 1]?.text];
  if (kind === "value" || constants.has(text)) turn.wantsValue = false;
  else if (text === ")") {
    // a list or a call of nothing
    if (before !== "(" || parts[at - 2]?.kind !== "word") return 0;
    turn.wantsValue = false;
  } else if (text === "case") turn.cases++;
  else if (text === "when") return before === "case" ? 1 : 0;
  else if (text === "distinct") return behind === "from" ? 2 : 0;
  else if (text !== "(" && behind !== "(" && !prefixes.has(text)) return 0;
  return 1;
}

/** The same where an operator is wanted. */
function operatorPart(parts: readonly Part[], at: number, turn: Turn): number {
  const { kind, text } = parts[at]!;
  const behind = parts[at + 1]?.text ?? "";
  if (kind === "value") return 0;
  if (text === ")" || text === "isnull" || text === "notnull") return 1;
  if (text === "not") return behind === "null" ? 2 : negatable.has(behind) ? 1 : 0;
  if (text === "collate" || text === "as") return behind === "" ? 0 : 2;
  if (text === "end") return turn.cases-- > 0 ? 1 : 0;
  const opens = text === "," || binary.has(text) || (turn.cases > 0 && /^(when|then|else)$/.test(text));
  turn.wantsValue = opens;
  return opens ? 1 : 0;
}
