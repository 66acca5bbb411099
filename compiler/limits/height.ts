import { type SqlToken, tokens } from "../ir/sqlText.ts";

/*
 * How high a statement's expressions are as SQLite counts them, of which D1 takes 100 (https://sqlite.org/limits.html#max_expr_depth).
 * An expression is one higher than the highest within it, the columns and conditions of a sub-select among these, but not what stands behind
 * its FROM. And while SQLite resolves names, an expression within a sub-select counts on top of the one that the sub-select stands in
 * (sqlite3ResolveExprNames in resolve.c).
 */

/** An expression: its own height, and that with what is resolved within it. */
interface Height {
  readonly own: number;
  /** the most that sub-selects within it add on top of it */
  readonly within: number;
}

type Node = SqlToken | readonly Node[];

/** The greatest height that SQLite meets in a statement. */
export function heightOf(sql: string): number {
  return statement(grouped(sql)).total;
}

/** Tokens without space, what stands in parentheses as a list of its own. */
function grouped(sql: string): readonly Node[] {
  const stack: Node[][] = [[]];
  for (const token of tokens(sql)) {
    if (token.kind === "space") continue;
    if (token.text === "(") stack.push([]);
    else if (token.text === ")" && stack.length > 1) {
      const group = stack.pop()!;
      stack.at(-1)!.push(group);
    } else stack.at(-1)!.push(token);
  }
  return stack[0]!;
}

const isGroup = (node: Node | undefined): node is readonly Node[] => Array.isArray(node);

const word = (node: Node | undefined): string =>
  node === undefined || isGroup(node) || (node as SqlToken).kind !== "word"
    ? ""
    : (node as SqlToken).text.toUpperCase();

const isSymbol = (node: Node, text: string): boolean => !isGroup(node) && (node as SqlToken).text === text;

const isSelect = (nodes: readonly Node[]): boolean => ["SELECT", "WITH", "VALUES"].includes(word(nodes[0]));

/** Words that begin a part of a statement; behind some of them stand tables and not expressions. */
const clauses = new Set(
  "SELECT FROM WHERE GROUP HAVING ORDER LIMIT OFFSET ON SET VALUES RETURNING UNION WITH INSERT UPDATE DELETE JOIN DO".split(
    " ",
  ),
);
const tables = new Set(["FROM", "JOIN", "WITH", "UPDATE", "INSERT", "DELETE"]);

/** Of a SELECT `own` is what the expression around it counts; `total` is the greatest height within it. */
function statement(nodes: readonly Node[]): { readonly own: number; readonly total: number } {
  let own = 0;
  let total = 0;
  const add = (height: Height): void => {
    own = Math.max(own, height.own);
    total = Math.max(total, height.own + height.within);
  };
  for (const { clause, of } of clausesOf(nodes)) {
    if (!tables.has(clause)) for (const item of separated(of)) add(expression(item));
    else for (const group of of.filter(isGroup)) if (isSelect(group)) total = Math.max(total, statement(group).total);
  }
  return { own, total };
}

function clausesOf(nodes: readonly Node[]): readonly { readonly clause: string; readonly of: readonly Node[] }[] {
  const starts = nodes.flatMap((node, at) => (clauses.has(word(node)) ? [at] : []));
  return starts.map((at, index) => ({ clause: word(nodes[at]), of: nodes.slice(at + 1, starts[index + 1]) }));
}

function separated(nodes: readonly Node[]): readonly (readonly Node[])[] {
  const items: Node[][] = [[]];
  for (const node of nodes) {
    if (isSymbol(node, ",")) items.push([]);
    else items.at(-1)!.push(node);
  }
  return items;
}

/** Operators from the loosest to the tightest (https://sqlite.org/lang_expr.html#operators_and_parse_affecting_attributes). */
const ranks: readonly ReadonlySet<string>[] = [
  ["OR"],
  ["AND"],
  ["NOT"],
  ["=", "==", "<>", "!=", "IS", "IN", "LIKE", "GLOB", "MATCH", "BETWEEN", "ISNULL", "NOTNULL"],
  ["<", "<=", ">", ">="],
  ["&", "|", "<<", ">>"],
  ["+", "-"],
  ["*", "/", "%"],
  ["||", "->", "->>"],
  ["COLLATE"],
].map((operators) => new Set(operators));

const none: Height = { own: 0, within: 0 };
const highest = (heights: readonly Height[]): Height => ({
  own: Math.max(0, ...heights.map(({ own }) => own)),
  within: Math.max(0, ...heights.map(({ within }) => within)),
});
const above = (heights: readonly Height[]): Height => {
  const { own, within } = highest(heights);
  return { own: own + 1, within };
};

function expression(nodes: readonly Node[], rank = 0): Height {
  const operators = ranks[rank];
  if (!operators) return operand(nodes);
  const parts: Node[][] = [[]];
  let depth = 0;
  for (const node of nodes) {
    if (word(node) === "CASE") depth++;
    if (word(node) === "END") depth--;
    const operator = isGroup(node) ? "" : word(node) || (node as SqlToken).text;
    if (depth === 0 && operators.has(operator)) parts.push([]);
    else parts.at(-1)!.push(node);
  }
  if (parts.length === 1) return expression(nodes, rank + 1);
  const listed = nodes.some((node, at) => word(node) === "IN" && at === nodes.length - 2);
  const heights = parts
    .filter((part) => part.length > 0)
    .map((part, at, all) => (listed && at === all.length - 1 ? list(part) : expression(part, rank + 1)));
  const [first = none, ...others] = heights;
  return others.length === 0 ? above([first]) : others.reduce((left, right) => above([left, right]), first);
}

/** What stands behind IN: rows or values, of which the whole is no expression. */
function list([group, ...others]: readonly Node[]): Height {
  if (!isGroup(group) || others.length > 0) return expression([...(group ? [group] : []), ...others]);
  if (!isSelect(group)) return highest(separated(group).map((item) => expression(item)));
  const { own, total } = statement(group);
  return { own, within: total };
}

/** A name, a value, a call, a sub-select, a CASE: whatever stands between operators. */
function operand(nodes: readonly Node[]): Height {
  if (word(nodes[0]) === "CASE") return above(caseParts(nodes).map((part) => expression(part)));
  const groups = nodes.filter(isGroup);
  if (groups.length === 0) return { own: 1, within: 0 };
  const isCall = !isGroup(nodes[0]);
  const heights = groups.flatMap((group) => {
    if (!isSelect(group)) return separated(group).map((item) => expression(untyped(item)));
    const { own, total } = statement(group);
    return [{ own, within: total }];
  });
  const isPlain = !isCall && heights.length === 1 && !isSelect(groups[0]!);
  return isPlain ? heights[0]! : above(heights);
}

/** What stands between the words of a CASE. */
function caseParts(nodes: readonly Node[]): readonly (readonly Node[])[] {
  const parts: Node[][] = [[]];
  let depth = 0;
  for (const node of nodes.slice(1)) {
    if (word(node) === "CASE") depth++;
    if (depth === 0 && ["WHEN", "THEN", "ELSE", "END"].includes(word(node))) parts.push([]);
    else parts.at(-1)!.push(node);
    if (word(node) === "END") depth--;
  }
  return parts.filter((part) => part.length > 0);
}

/** Of `CAST(x AS type)` the x. */
function untyped(nodes: readonly Node[]): readonly Node[] {
  const at = nodes.findIndex((node) => word(node) === "AS");
  return at === -1 ? nodes : nodes.slice(0, at);
}
