import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/didYouMean.ts";
import type { App } from "../ir/app.ts";
import { lowerConstant } from "../ir/constants.ts";
import { type Report, reportInto } from "../ir/report.ts";
import type { Column, Table } from "../ir/table.ts";
import type { Constant } from "../ir/type.ts";
import { decode } from "../manifest/decode.ts";
import { isMap } from "../manifest/document.ts";
import { parse } from "../manifest/parse.ts";
import { Place } from "../manifest/place.ts";

/** A row that fits its table: a value in wire form for each column that the file gives. */
export interface SeedRow {
  readonly table: Table;
  readonly values: ReadonlyMap<Column, Constant>;
}

/**
 * Reads a seed file: YAML or JSON, a map of table to rows, names as in the manifest, values in wire form.
 *
 * @param path how messages name the file
 */
export function readSeed(
  app: App,
  path: string,
  bytes: Uint8Array,
): { rows: readonly SeedRow[]; diagnostics: readonly Diagnostic[] } {
  const decoded = decode(path, bytes);
  if (!decoded.source) return { rows: [], diagnostics: decoded.diagnostics };
  const { document, diagnostics: problems } = parse(decoded.source);
  const diagnostics = [...decoded.diagnostics, ...problems];
  if (!document) return { rows: [], diagnostics };
  const report = reportInto(diagnostics);
  return { rows: readTables(app, document.value, Place.root(document), report), diagnostics };
}

/** Rows by table, as a seed file has them. */
export function readTables(
  app: App,
  tables: { readonly [name: string]: unknown },
  place: Place,
  report: Report,
): SeedRow[] {
  return Object.entries(tables).flatMap(([name, list]) => {
    const table = app.tables.get(name);
    if (table) return readRows(table, list, place.at(name), report);
    report("reference/unknown-table", place.at(name), [name], { at: "key", hint: didYouMean(name, app.tables.keys()) });
    return [];
  });
}

function readRows(table: Table, list: unknown, place: Place, report: Report): SeedRow[] {
  if (!Array.isArray(list)) {
    report("seed/rows", place, [table.name]);
    return [];
  }
  return list.flatMap((row: unknown, index) => {
    if (isMap(row)) return [readRow(table, row, place.at(index), report)];
    report("seed/rows", place.at(index), [table.name]);
    return [];
  });
}

/** A row of a table, names as in the manifest, values in wire form. */
export function readRow(
  table: Table,
  row: { readonly [name: string]: unknown },
  place: Place,
  report: Report,
): SeedRow {
  const values = new Map<Column, Constant>();
  for (const [name, value] of Object.entries(row)) {
    const column = table.columns.get(name);
    if (!column) {
      const hint = didYouMean(name, table.columns.keys());
      report("reference/unknown-column", place.at(name), [table.name, name], { at: "key", hint });
      continue;
    }
    if (column.computed) {
      report("write/computed", place.at(name), [name], { at: "key" });
      continue;
    }
    const constant = lowerConstant(value, column, place.at(name), { report, references: "none" });
    if (constant !== undefined) values.set(column, constant);
  }
  reportMissing(table, row, place, report);
  return { table, values };
}

function reportMissing(table: Table, row: { readonly [name: string]: unknown }, place: Place, report: Report): void {
  for (const column of table.columns.values()) {
    if (Object.hasOwn(row, column.name)) continue;
    if (table.primaryKey.includes(column)) report("seed/no-key", place, [table.name, column.name]);
    else if (!column.nullable && !column.default && !column.computed)
      report("seed/no-value", place, [table.name, column.name]);
  }
}
