import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { App } from "../ir/app.ts";
import { reservedInSql } from "../ir/names.ts";
import { type Report, reportInto } from "../ir/report.ts";
import { within } from "../ir/sqlPlaces.ts";
import type { SqlToken } from "../ir/sqlText.ts";
import { statementText } from "../ir/statement.ts";
import { placedTokens } from "../ir/statements.ts";
import type { Table } from "../ir/table.ts";
import { checkColumns } from "./columns.ts";
import { Database, type Prepared } from "./database.ts";
import { isStatement, type StatementOperation } from "./operation.ts";
import { reportRefusal } from "./refusal.ts";

const begins = {
  query: ["select", "with", "values"],
  mutation: ["insert", "update", "delete", "replace", "with"],
} as const;

/** D1's limit of parameters. */
const MOST_ARGUMENTS = 100;

/**
 * Has SQLite check the statements that authors wrote, over the tables of the App. Costs nothing where there are none.
 *
 * @throws NoSqlite where this Node has no SQLite
 */
export function checkStatements(app: App): readonly Diagnostic[] {
  const operations = [...app.operations.values()].filter(isStatement);
  if (operations.length === 0) return [];
  const found: Diagnostic[] = [];
  const database = new Database(app);
  for (const operation of operations) checkStatement(operation, app, database, reportInto(found));
  database.close();
  return found;
}

function checkStatement(operation: StatementOperation, app: App, database: Database, report: Report): undefined {
  const { kind, body, place } = operation;
  const written = statementText(body.text);
  const tokens = placedTokens(written);
  const first = tokens.find(({ token }) => token.kind !== "space")!;
  const at = ({ token, at: start }: (typeof tokens)[number]) =>
    within(place.at("sql"), written, start, start + token.text.length);
  if (!begins[kind].some((word) => word === first.token.text.toLowerCase())) {
    const section = kind === "query" ? "mutation" : "query";
    if (begins[section].some((word) => word === first.token.text.toLowerCase()))
      return report("sql/section", at(first), section === "query" ? ["reads", "queries"] : ["writes", "mutations"]);
    return report("sql/statement", at(first), [first.token.text, kind, begins[kind]]);
  }
  const count = body.text.filter((part) => typeof part !== "string").length;
  if (count > MOST_ARGUMENTS) report("sql/too-many-arguments", place.at("sql"), [count, MOST_ARGUMENTS]);

  let prepared: Prepared;
  try {
    prepared = database.prepare(body.text.map((part) => (typeof part === "string" ? part : "?")).join(""));
  } catch (error) {
    return reportRefusal((error as Error).message, { operation, app, tokens, at }, report);
  }
  const reserved = tokens.find(({ token }) => isReserved(token, prepared.tables));
  if (reserved) return report("sql/reserved-table", at(reserved), [nameOf(reserved.token)]);
  const ruled = operation.asSystem === undefined ? ruledTable(app, prepared.tables) : undefined;
  if (ruled) {
    const named = tokens.find(({ token }) => nameOf(token).toLowerCase() === ruled.sqlName.toLowerCase());
    return report("rule/sql", named ? at(named) : place.at("sql"), [ruled.name], {
      hint: 'Say "as: system", and why by "because".',
    });
  }
  if (prepared.writes !== (kind === "mutation"))
    return report("sql/section", place.at("sql"), prepared.writes ? ["writes", "mutations"] : ["reads", "queries"]);
  checkColumns(operation, prepared.columns, app, report);
}

/** A table with something to hide among those that a statement touches. */
function ruledTable({ tables }: App, touched: readonly string[]): Table | undefined {
  return [...tables.values()].find(
    ({ sqlName, rules, tenant, columns }) =>
      touched.includes(sqlName) && (rules ?? tenant ?? [...columns.values()].find(({ read, write }) => read ?? write)),
  );
}

/** A name as a token writes it; SQLite takes texts for names too, where nothing else may stand. */
function nameOf(token: SqlToken): string {
  if (token.kind === "quoted") return token.name;
  return token.kind === "string" ? token.text.slice(1, -1) : token.text;
}

/** Whether it names a table that is not the author's. Some of these are touched by statements that do not name them. */
function isReserved(token: SqlToken, touched: readonly string[]): boolean {
  const name = nameOf(token)
    .toLowerCase()
    .replace(/^sqlite_master$/, "sqlite_schema");
  return (
    /^pragma_/.test(name) || (reservedInSql.table.test(name) && touched.some((table) => table.toLowerCase() === name))
  );
}
