import { didYouMean } from "../diagnostics/didYouMean.ts";
import type { Place } from "../manifest/place.ts";
import { quoted } from "./names.ts";
import type { Report } from "./report.ts";
import { misplaced, type Part } from "./sqlGrammar.ts";
import { type SqlToken, tokens } from "./sqlText.ts";
import type { Column, Table } from "./table.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Words of SQLite's expressions that need no other statement. A column of such a name is written in quotes. */
const keywords = words("and or not is null isnull notnull in between like glob escape collate case cast as true false");

/** Words only between a CASE and its END; a column may be called `end`. */
const caseWords = words("when then else end");

/** What stands behind AS and COLLATE. Elsewhere these are names like others. */
const typesAndCollations = words("integer text real blob numeric nocase binary rtrim");

/** Functions whose answer depends on their arguments alone: SQLite takes no others in a CHECK or an index. */
const functions = words(
  "abs char coalesce concat concat_ws format glob hex ifnull iif instr length like lower ltrim max min nullif octet_length printf quote " +
    "replace round rtrim sign substr substring trim typeof unhex unicode upper date time datetime julianday strftime unixepoch timediff " +
    "json json_array json_array_length json_extract json_object json_type json_valid json_quote " +
    "acos asin atan atan2 ceil ceiling cos degrees exp floor ln log log10 log2 mod pi pow power radians sin sqrt tan trunc",
);

/**
 * An SQL expression over a table's columns, as a manifest writes it, with the columns' SQL names in quotes and without comments. Says what
 * has no place in it: other names, subqueries, parameters, `;`.
 *
 * @param failed columns that were already complained of
 * @param hasValue which columns have a value where the expression is reckoned
 */
export function lowerSql(
  sql: string,
  table: Table,
  place: Place,
  report: Report,
  failed: ReadonlySet<string>,
  hasValue: (column: Column) => boolean = isStored,
): string | undefined {
  const column = (name: string): string | undefined => {
    const found = table.columns.get(name);
    return found && hasValue(found) ? quoted(found.sqlName) : undefined;
  };
  return lowerExpression<string>(sql, { column, unknown: unknownName(table, place, report, failed) }, place, report)
    ?.join("")
    .trim();
}

/** The same over rows whose columns are not known yet: every name that could be one stands in quotes, as it was written. */
export function lowerOpenSql(sql: string, table: Table, place: Place, report: Report): string | undefined {
  const column = (name: string): string | undefined => (subqueryWords.test(name) ? undefined : quoted(name));
  const unknown = (name: string): undefined => report("sql/unknown-name", place, [name, table.name]);
  return lowerExpression<string>(sql, { column, unknown }, place, report)?.join("").trim();
}

/** Whether a row has the column in the database; what is counted is in none. */
export const isStored = ({ computed }: Column): boolean => computed?.kind !== "count";

/** Says that a name is no column of a table that SQL may speak of, unless the column was complained of already. */
export function unknownName(table: Table, place: Place, report: Report, failed: ReadonlySet<string>) {
  return (name: string): undefined => {
    if (table.columns.has(name)) return report("sql/computed", place, [name]);
    if (failed.has(`${table.name}.${name}`)) return;
    return report("sql/unknown-name", place, [name, table.name], { hint: didYouMean(name, table.columns.keys()) });
  };
}

/** What names stand for in an expression. */
export interface Names<Piece> {
  /** a column; undefined where there is none of that name */
  column(name: string): Piece | undefined;
  /** says that a name stands for nothing */
  unknown(name: string): undefined;
  /** `:name`: says what is wrong with it and returns undefined. Absent: there are no parameters here */
  parameter?(path: readonly string[]): Piece | undefined;
}

/** One expression, as texts of SQL and what stands for its names between them. Says what has no place in it. */
export function lowerExpression<Piece>(
  sql: string,
  names: Names<Piece>,
  place: Place,
  report: Report,
): readonly (string | Piece)[] | undefined {
  const all = tokens(sql.trim());
  const pieces: (string | Piece)[] = [];
  const parts: Part[] = [];
  let depth = 0;
  let cases = 0;
  for (const [index, token] of all.entries()) {
    if (token.text === "(") depth++;
    if (token.text === ")") depth--;
    const misplaced = depth < 0 || (depth === 0 && token.text === ",");
    const isBad = token.kind === "bad" || (token.kind === "parameter" && !names.parameter);
    if (isBad && names.parameter && /^[?@$]/.test(token.text)) return report("sql/parameter", place, [token.text[0]!]);
    if (misplaced || isBad) return report("sql/syntax", place, [token.text]);
    if (isSubquery(token, names)) return report("sql/subquery", place, []);
    if (isAggregate(all, index)) return report("sql/aggregate", place, [token.text]);
    if (token.kind === "parameter") {
      const parameter = names.parameter!(token.text.slice(1).split("."));
      if (parameter === undefined) return;
      pieces.push(parameter);
      parts.push({ kind: "value", text: token.text });
      continue;
    }
    const around = { before: neighbour(all, index, -1), behind: neighbour(all, index, 1), inCase: cases > 0 };
    const piece = token.kind === "space" ? " " : lowerToken(token, around, names);
    if (piece === undefined) return names.unknown(token.kind === "quoted" ? token.name : token.text);
    pieces.push(piece);
    if (token.kind !== "space") parts.push(partOf(token, piece));
    if (typeof piece === "string" && /^case$/i.test(piece)) cases++;
    if (typeof piece === "string" && /^end$/i.test(piece)) cases--;
  }
  if (depth > 0) return report("sql/syntax", place, ["("]);
  if (parts.length === 0) return report("sql/syntax", place, [""]);
  const wrong = misplaced(parts);
  return wrong ? report("sql/syntax", place, [wrong.text]) : pieces;
}

/** What the grammar is told of a token: a word that became something else is a column. */
function partOf({ kind, text }: SqlToken, piece: unknown): Part {
  if (kind === "symbol") return { kind, text };
  return kind === "word" && piece === text ? { kind, text: text.toLowerCase() } : { kind: "value", text };
}

/** `max` and `min` of one value are taken over many rows. */
function isAggregate(all: readonly SqlToken[], index: number): boolean {
  if (all[index]!.kind !== "word" || !/^(max|min)$/i.test(all[index]!.text)) return false;
  if (neighbour(all, index, 1) !== "(") return false;
  let depth = 0;
  for (const { text } of all.slice(index + 1)) {
    if (text === "(") depth++;
    if (text === ")" && --depth === 0) return true;
    if (text === "," && depth === 1) return false;
  }
  return false;
}

const subqueryWords = /^(select|with|values|exists)$/i;

function isSubquery({ kind, text }: SqlToken, { column }: Names<unknown>): boolean {
  return kind === "word" && subqueryWords.test(text) && column(text) === undefined;
}

/** The text of the next token that is not space, in one of the two directions. */
function neighbour(all: readonly SqlToken[], index: number, step: 1 | -1): string | undefined {
  let at = index + step;
  while (all[at]?.kind === "space") at += step;
  return all[at]?.text.toLowerCase();
}

/** Where a token stands: its neighbours in lower case, and whether a CASE is open. */
interface Around {
  readonly before: string | undefined;
  readonly behind: string | undefined;
  readonly inCase: boolean;
}

/** A token as SQL takes it; undefined for a name that stands for nothing here. */
function lowerToken<Piece>(
  token: SqlToken,
  { before, behind, inCase }: Around,
  { column }: Names<Piece>,
): string | Piece | undefined {
  if (token.kind === "quoted") return column(token.name);
  if (token.kind !== "word") return token.text;
  const word = token.text.toLowerCase();
  const known =
    keywords.has(word) ||
    (inCase && caseWords.has(word)) ||
    (word === "distinct" && (before === "is" || before === "not")) ||
    (word === "from" && before === "distinct") ||
    (behind === "(" && functions.has(word)) ||
    ((before === "as" || before === "collate") && typesAndCollations.has(word));
  if (known) return token.text;
  return behind === "(" ? undefined : column(token.text);
}
