import type { SqlValue } from "../wire/toSql.ts";

/** What stands between quotes, to the end where the second is missing; or what stands between spaces. */
const parts = /"([^"]*)("|$)|[^\s"]+/g;

/** Whether the tokenizer unicode61 finds a word in a text: a letter, a digit, or a character of private use. */
const holdsWord = (text: string): boolean => /[\p{L}\p{N}\p{Co}]/u.test(text);

/**
 * What a person types, as a query of FTS5 that finds rows with all of the words; the last one may be the beginning of a word. Quotes
 * make a phrase. Everything stands in FTS5's own quotes, so nothing is an operator, and parts without a word ask for nothing. A text
 * without any word finds nothing.
 *
 * FTS5: https://sqlite.org/fts5.html#full_text_query_syntax
 */
export function searchWords(text: SqlValue): string {
  if (text === null) return '""';
  const found = [...String(text).matchAll(parts)].map(([whole, phrase, end]) => ({
    words: phrase ?? whole,
    closed: end === '"',
  }));
  const spoken = found.filter(({ words }) => holdsWord(words));
  const last = spoken.at(-1);
  if (!last) return '""';
  return `${spoken.map(({ words }) => `"${words}"`).join(" ")}${last.closed ? "" : "*"}`;
}
