import type { App } from "../ir/app.ts";
import type { Report } from "../ir/report.ts";
import { within } from "../ir/sqlPlaces.ts";
import { statementText } from "../ir/statement.ts";
import { placedTokens } from "../ir/statements.ts";
import type { Column } from "../ir/table.ts";
import type { Property, Type } from "../ir/type.ts";
import { typeText } from "../ir/typeText.ts";
import type { Place } from "../manifest/place.ts";
import { shapeOf } from "../plan/shape.ts";
import { statementResult } from "../plan/statement.ts";

import type { ReturnedColumn } from "./database.ts";
import type { StatementOperation } from "./operation.ts";

/** Compares what a statement returns with what its operation says that it returns. */
export function checkColumns(
  { body: { text, returns }, place }: StatementOperation,
  columns: readonly ReturnedColumn[],
  app: App,
  report: Report,
): undefined {
  const written = statementText(text);
  const named = (name: string): Place => wordIn(written, name, place.at("sql"));
  if (!returns) {
    const [first] = columns;
    return first && report("sql/further-column", named(first.name), [first.name], { hint: 'Say "returns".' });
  }
  const at = place.at("returns");
  if (columns.length === 0) return report("sql/no-rows", at, [], { hint: "A write returns rows by RETURNING." });
  const { result, row } = statementResult(returns);
  const of = result === "rows" ? at.at("items") : at;
  const around = { at: of, named, app, report };
  if (row.kind === "object") checkProperties(row.properties, columns, around);
  else if (columns.length !== 1) report("sql/one-column", at, [typeText(row), columns.length]);
  else checkType(columns[0]!, row, of, around);
}

/** Where a column is named in a statement; the whole of it where that is not plain to see. */
function wordIn(sql: string, name: string, place: Place): Place {
  const found = placedTokens(sql).filter(
    ({ token }) => token.text === name || (token.kind === "quoted" && token.name === name),
  );
  const [only] = found;
  return only && found.length === 1 ? within(place, sql, only.at, only.at + only.token.text.length) : place;
}

interface Around {
  /** the type of a row */
  readonly at: Place;
  readonly named: (column: string) => Place;
  readonly app: App;
  readonly report: Report;
}

function checkProperties(
  properties: ReadonlyMap<string, Property>,
  columns: readonly ReturnedColumn[],
  around: Around,
): void {
  const { at, named, report } = around;
  const names = columns.map(({ name }) => name);
  const missing = [...properties.keys()].filter((name) => !names.includes(name));
  /** `created_at` where `createdAt` is meant */
  const meant = (name: string) => missing.find((property) => plain(property) === plain(name));
  for (const [index, column] of columns.entries()) {
    const { name } = column;
    const property = properties.get(name);
    const better = meant(name);
    if (names.indexOf(name) < index) report("sql/column-twice", named(name), [name]);
    else if (property) checkType(column, property.type, at.at("properties").at(name), around);
    else report("sql/further-column", named(name), [name], { hint: better && `Write \`${name} AS "${better}"\`.` });
  }
  const explained = names.map(meant);
  for (const name of missing)
    if (!explained.includes(name)) report("sql/missing-column", at.at("properties").at(name), [name], { at: "key" });
}

const plain = (name: string): string => name.replaceAll("_", "").toLowerCase();

/** A table's own column has a type, which says how its values get their wire form. */
function checkType(returned: ReturnedColumn, type: Type, at: Place, { app, report }: Around): void {
  const column = columnOf(returned, app);
  if (!column || JSON.stringify(shapeOf(column.type)) === JSON.stringify(shapeOf(type))) return;
  report("sql/column-type", at, [returned.name, typeText(column.type), typeText(type)]);
}

function columnOf({ table, column }: ReturnedColumn, { tables }: App): Column | undefined {
  const of = [...tables.values()].find(({ sqlName }) => sqlName === table);
  return of && [...of.columns.values()].find(({ sqlName }) => sqlName === column);
}
