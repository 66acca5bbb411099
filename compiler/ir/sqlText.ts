/** A piece of an SQL text. `text` is as written; of a quoted identifier `name` is what stands between the quotes. */
export type SqlToken =
  | { readonly kind: "word" | "number" | "string" | "symbol" | "space"; readonly text: string }
  /** `:name`, `:name.property` */
  | { readonly kind: "parameter"; readonly text: string }
  | { readonly kind: "quoted"; readonly text: string; readonly name: string }
  /** what SQLite would not read: an unclosed quote or comment, a parameter without a name, a character that is none of its own */
  | { readonly kind: "bad"; readonly text: string };

/** SQLite's tokens (https://sqlite.org/lang_expr.html, https://sqlite.org/lang_comment.html), in the order they are tried. */
const patterns: readonly (readonly [SqlToken["kind"], RegExp])[] = [
  ["space", /\s+|--[^\n]*|\/\*[\s\S]*?\*\//y],
  ["string", /[xX]?'(?:[^']|'')*'/y],
  ["quoted", /"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]/y],
  ["number", /0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ["word", /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y],
  ["parameter", /:[A-Za-z_]\w*(?:\.\w+)*/y],
  ["symbol", /->>|->|\|\||<<|>>|<=|>=|<>|==|!=|[-+*/%&|~<>=(),.]/y],
];

/** Cuts an SQL text into tokens. Comments are space. */
export function tokens(sql: string): readonly SqlToken[] {
  const found: SqlToken[] = [];
  for (let at = 0; at < sql.length; at += found.at(-1)!.text.length) found.push(tokenAt(sql, at));
  return found;
}

function tokenAt(sql: string, at: number): SqlToken {
  if (sql.startsWith("/*", at) && sql.indexOf("*/", at + 2) === -1) return { kind: "bad", text: sql.slice(at) };
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const text = pattern.exec(sql)?.[0];
    if (text === undefined) continue;
    if (kind === "quoted") return { kind, text, name: unquoted(text) };
    return { kind, text };
  }
  return { kind: "bad", text: /['"`[]/.test(sql.charAt(at)) ? sql.slice(at) : sql.charAt(at) };
}

function unquoted(text: string): string {
  const quote = text.charAt(0);
  const inner = text.slice(1, -1);
  return quote === "[" ? inner : inner.replaceAll(quote + quote, quote);
}
