import { quoteName, quoteText } from "../plan/quote.ts";
import { backfillOf, freshValue } from "./backfill.ts";
import { type Conversion, conversion, same } from "./convert.ts";
import type { Finding } from "./finding.ts";
import type { Pair, TablePair } from "./match.ts";
import type { ColumnSchema } from "./schema.ts";

/** What rows of the last version have in a column of the new one. */
export interface CopiedColumn {
  readonly column: ColumnSchema;
  /** an SQL expression over columns of the last version; undefined where the column's default does, or null */
  readonly sql: string | undefined;
  readonly findings: readonly Finding[];
}

/** How rows of a table become rows of its next version, column by column. Names are those of the last version. */
export function copiedColumns(pair: TablePair): CopiedColumn[] {
  const olds = new Map(pair.columns.pairs.map(({ before, after }) => [after, before]));
  return pair.after.columns.map((column) => {
    const before = olds.get(column);
    if (column.computed !== undefined) return computedColumn(pair, column, before);
    return before ? keptColumn(pair, { before, after: column }) : newColumn(pair, column);
  });
}

/** All columns of the new version as a `SELECT` over rows of the last one: what a row will be, before it is. */
export function rowsAsCopied(pair: TablePair): string {
  const copied = copiedColumns(pair).filter(({ column }) => column.computed === undefined);
  const columns = copied.map(({ column, sql }) => {
    return `${sql ?? column.default?.sql ?? "NULL"} AS ${quoteName(column.name)}`;
  });
  const rows = `SELECT ${columns.join(", ")} FROM ${quoteName(pair.before.name)}`;
  const computed = pair.after.columns.flatMap(({ name, type, computed }) =>
    computed === undefined ? [] : [`${withAffinity(computed, type)} AS ${quoteName(name)}`],
  );
  return computed.length === 0 ? rows : `SELECT *, ${computed.join(", ")} FROM (${rows})`;
}

/** A generated column brings a value to its storage class where that loses nothing; an expression does not. */
function withAffinity(sql: string, type: ColumnSchema["type"]): string {
  const cast = `CAST(${sql} AS ${type})`;
  if (type === "BLOB") return `(${sql})`;
  return type === "TEXT" ? cast : `iif(${cast} = (${sql}), ${cast}, (${sql}))`;
}

/** Nothing is copied: the value comes of the row. One that was written is lost. */
function computedColumn(pair: TablePair, column: ColumnSchema, before: ColumnSchema | undefined): CopiedColumn {
  if (!before || before.computed !== undefined) return { column, sql: undefined, findings: [] };
  const what = "is computed now, and the values that were written go";
  return {
    column,
    sql: undefined,
    findings: [finding(pair, column, "loss", what, `${quoteName(before.name)} IS NOT NULL`)],
  };
}

function newColumn(pair: TablePair, column: ColumnSchema): CopiedColumn {
  const backfill = backfillOf(column, pair);
  const sql = backfill.sql ?? freshValue(column);
  const isLacking = sql === undefined && !column.nullable && !column.default && !column.counts;
  const lack = finding(pair, column, "lack", "is new and required, and rows are there", "true");
  return { column, sql, findings: [...backfill.findings, ...(isLacking ? [lack] : [])] };
}

function keptColumn(pair: TablePair, columns: Pair<ColumnSchema>): CopiedColumn {
  const converts = conversion(columns.before, columns.after);
  if (!converts) return replacedColumn(pair, columns);
  const needsValue = converts.fits !== undefined || (columns.before.nullable && !columns.after.nullable);
  return columns.after.backfill && needsValue
    ? backfilledColumn(pair, columns, converts)
    : convertedColumn(pair, columns, converts);
}

/** Every value is kept, or the migration refuses. */
function convertedColumn(pair: TablePair, { before, after }: Pair<ColumnSchema>, converts: Conversion): CopiedColumn {
  const value = quoteName(before.name);
  const what = "is required now, and rows have no value for it";
  const nulls = finding(pair, after, "unfit", what, `${value} IS NULL`);
  return {
    column: after,
    sql: convertedValue(before, converts),
    findings: [
      ...(converts.fits ? misfits(pair, { before, after }, converts.fits(value)) : []),
      ...(before.nullable && !after.nullable ? [nulls] : []),
    ],
  };
}

/** Rows without a value get the backfill, and so do rows whose value is not one of the new type. */
function backfilledColumn(pair: TablePair, { before, after }: Pair<ColumnSchema>, converts: Conversion): CopiedColumn {
  const { sql: fill, findings } = backfillOf(after, pair);
  const value = quoteName(before.name);
  const converted = convertedValue(before, converts);
  const fits = converts.fits?.(value);
  if (fits === undefined) return { column: after, sql: `coalesce(${converted}, ${fill})`, findings };
  const keeps = after.nullable ? `${value} IS NULL OR (${fits})` : fits;
  const what = `gets its backfill where ${misfit({ before, after })}`;
  const loss = finding(pair, after, "loss", what, `${value} IS NOT NULL AND NOT (${fits})`);
  return { column: after, sql: `CASE WHEN ${keeps} THEN ${converted} ELSE ${fill} END`, findings: [...findings, loss] };
}

/** None of the old values can be one of the new type. */
function replacedColumn(pair: TablePair, { before, after }: Pair<ColumnSchema>): CopiedColumn {
  const backfill = backfillOf(after, pair);
  const sql = backfill.sql ?? freshValue(after);
  const isLacking = sql === undefined && !after.nullable && !after.default;
  const what = `becomes ${typeName(after)}, and no ${typeName(before)} can be one`;
  const found = finding(pair, after, isLacking ? "lack" : "loss", what, `${quoteName(before.name)} IS NOT NULL`);
  return { column: after, sql, findings: [...backfill.findings, found] };
}

function convertedValue({ name, nullable }: ColumnSchema, converts: Conversion): string {
  const value = quoteName(name);
  const converted = converts.sql(value);
  return nullable && converted !== same.sql(value) ? `CASE WHEN ${value} IS NOT NULL THEN ${converted} END` : converted;
}

/** One finding for each member that an enum no longer has, or one for all values that are not of the new type. */
function misfits(pair: TablePair, { before, after }: Pair<ColumnSchema>, fits: string): Finding[] {
  const value = quoteName(before.name);
  if (!before.members || !after.members) {
    const what = `becomes ${typeName(after)}, and ${misfit({ before, after })}`;
    return [finding(pair, after, "unfit", what, `${value} IS NOT NULL AND NOT (${fits})`)];
  }
  const gone = before.members.filter((member) => !after.members!.includes(member));
  return gone.map((member) =>
    finding(pair, after, "unfit", `holds "${member}", which is no member now`, `${value} = ${quoteText(member)}`),
  );
}

function misfit({ before, after }: Pair<ColumnSchema>): string {
  return before.members && after.members
    ? "it holds a member that is gone"
    : `it holds a value that is not ${typeName(after)}`;
}

const typeName = ({ kind, scale }: ColumnSchema): string => (scale === undefined ? kind : `${kind} of scale ${scale}`);

/** @param condition which rows it concerns, over columns of the last version */
function finding(
  { before, after }: TablePair,
  { label }: ColumnSchema,
  kind: Finding["kind"],
  what: string,
  condition: string,
): Finding {
  const count = `SELECT count(*) FROM ${quoteName(before.name)} WHERE ${condition}`;
  return { kind, table: after.label, column: label, what, count, ...(kind === "unfit" && { guarded: true }) };
}
