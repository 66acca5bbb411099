import type { RowsOperation, Sql, StatementOperation } from "../../runtime/server/plan.ts";
import type { Body } from "../ir/operation.ts";
import type { Statement, StatementArgument } from "../ir/statement.ts";
import type { Property, Type, Value } from "../ir/type.ts";
import { jsonObject, valueJson } from "./json.ts";
import { quoteName } from "./quote.ts";
import type { PlanOf } from "./read.ts";
import { shapeOf } from "./shape.ts";
import { sequence } from "./sql.ts";

type StatementBody = Extract<Body, { kind: "sql" }>;

/** What a statement answers: rows or the first of them, each with these columns or of one value. */
export interface StatementResult {
  readonly result: "row" | "rows";
  /** whether there has to be a row */
  readonly required: boolean;
  readonly row: Type;
}

/** An array is all rows, anything else the first one; an object is a row by its columns, anything else a row's only value. */
export function statementResult({ type, nullable }: Value): StatementResult {
  return type.kind === "array"
    ? { result: "rows", required: false, row: type.items.type }
    : { result: "row", required: !nullable, row: type };
}

/** A statement that reads stands inside another one, which makes JSON of its rows. */
export function planReadStatement({ text, returns }: StatementBody): PlanOf<RowsOperation> {
  const { result, required, row } = statementResult(returns!);
  const rows = statementSql(text);
  const sql =
    row.kind === "object"
      ? sequence("SELECT ", objectJson(row.properties), ' AS "row" FROM (', rows, ") AS t0")
      : sequence(
          'WITH "_af_rows" ("value") AS (',
          rows,
          `) SELECT json_quote(${valueJson('"value"', row, true)}) AS "row" FROM "_af_rows"`,
        );
  return { result, sql, ...hexOf(row), ...(required && { atLeast: 1 }) };
}

function objectJson(properties: ReadonlyMap<string, Property>): Sql {
  return jsonObject(
    [...properties].map(([name, { type }]) => [name, valueJson(`t0.${quoteName(name)}`, type, true)] as const),
  );
}

/** Where a row's JSON holds bytes of a column. */
function hexOf(row: Type): Pick<RowsOperation, "hex"> {
  if (row.kind === "bytes") return { hex: "bytes" };
  if (row.kind !== "object") return {};
  const bytes = [...row.properties].filter(([, { type }]) => type.kind === "bytes");
  return bytes.length === 0 ? {} : { hex: { object: Object.fromEntries(bytes.map(([name]) => [name, "bytes"])) } };
}

/** A statement that writes runs as it is: what it returns gets its wire form in the Worker. */
export function planWriteStatement({ text, returns }: StatementBody): PlanOf<StatementOperation> {
  const write = statementSql(text);
  if (!returns) return { result: "statement", write };
  const { result, required, row } = statementResult(returns);
  return { result: "statement", write, returns: { result, row: shapeOf(row), ...(required && { required }) } };
}

/** The statement with its arguments as parameters. */
function statementSql(text: Statement): Sql {
  return sequence(...text.map((part) => (typeof part === "string" ? part : argumentSql(part))));
}

/** Numbers come to D1 as REAL: where whole ones are meant, they are made whole. A list stands as JSON, for `json_each`. */
function argumentSql({ path, of: { type } }: StatementArgument): Sql {
  const arg = path.join(".");
  switch (type.kind) {
    case "integer":
    case "bigint":
    case "decimal":
    case "boolean":
    case "timestamp":
      return sequence("CAST(", { arg }, " AS INTEGER)");
    case "array":
      return isScalar(type.items.type) ? { list: arg } : { arg };
    default:
      return { arg };
  }
}

function isScalar({ kind }: Type): boolean {
  return kind !== "array" && kind !== "object" && kind !== "json";
}
