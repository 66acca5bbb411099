import { nearest } from "../diagnostics/suggest.ts";
import type { App } from "../ir/app.ts";
import type { Report } from "../ir/report.ts";
import type { placedTokens } from "../ir/statements.ts";
import type { Place } from "../manifest/place.ts";
import type { StatementOperation } from "./operation.ts";

type Placed = ReturnType<typeof placedTokens>[number];

/** A statement that SQLite refused. */
interface Refused {
  readonly operation: StatementOperation;
  readonly app: App;
  readonly tokens: readonly Placed[];
  readonly at: (token: Placed) => Place;
}

/** Says what SQLite has against a statement, at the word that it names. */
export function reportRefusal(message: string, refused: Refused, report: Report): undefined {
  const { operation, app } = refused;
  const [, near] = /^near "(.*)": syntax error$/s.exec(message) ?? [];
  if (near !== undefined) return report("sql/syntax", placeOf(near, refused), [near]);

  const [, table] = /^no such table: (?:main\.)?(.*)$/s.exec(message) ?? [];
  if (table !== undefined)
    return report("sql/unknown-table", placeOf(table, refused), [table], suggestion(table, tableNames(app)));

  const [, text] = /^no such column: "(.*)" - should this be a string literal/s.exec(message) ?? [];
  if (text !== undefined)
    return report("sql/unknown-column", placeOf(text, refused), [text], {
      hint: `Text stands in single quotes: '${text}'.`,
    });

  const [, column] =
    /^no such column: (.*)$/s.exec(message) ?? /^table .* has no column named (.*)$/s.exec(message) ?? [];
  if (column !== undefined) {
    const name = column.slice(column.lastIndexOf(".") + 1);
    const secret = secretNamed(name, refused);
    if (secret) return report("auth/secret", placeOf(name, refused), [...secret]);
    return report("sql/unknown-column", placeOf(name, refused), [name], suggestion(name, columnNames(app)));
  }
  return report("sql/refused", operation.place.at("sql"), [message]);
}

/** Where the text stands that SQLite names; the whole statement where it stands there several times, or not as it is named. */
function placeOf(text: string, { operation, tokens, at }: Refused): Place {
  const named = tokens.filter(({ token }) => token.text === text || (token.kind === "quoted" && token.name === text));
  return named.length === 1 ? at(named[0]!) : operation.place.at("sql");
}

/** SQL names by what an author may have written instead: the manifest's names. */
type Names = ReadonlyMap<string, string>;

const tableNames = ({ tables }: App): Names =>
  new Map([...tables.values()].map(({ name, sqlName }) => [name, sqlName]));
const columnNames = ({ tables }: App): Names =>
  new Map(
    [...tables.values()].flatMap(({ columns }) => [...columns.values()]).map(({ name, sqlName }) => [name, sqlName]),
  );

/** The secret of sign-in that a name in SQL means, of a table that the statement names. */
function secretNamed(name: string, { app, tokens }: Refused): readonly [table: string, column: string] | undefined {
  const named = new Set(tokens.map(({ token }) => (token.kind === "quoted" ? token.name : token.text).toLowerCase()));
  for (const table of app.tables.values())
    for (const column of table.columns.values())
      if (column.secret && column.sqlName === name && named.has(table.sqlName)) return [table.name, column.name];
  return undefined;
}

function suggestion(name: string, names: Names) {
  const meant = names.get(name);
  if (meant !== undefined) return { hint: `SQL here is that of the database, which calls it "${meant}".` };
  const near = nearest(name, names.values());
  return near === undefined ? {} : { hint: `Did you mean "${near}"?` };
}
