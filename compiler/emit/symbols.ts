import type { App } from "../ir/app.ts";
import { rowsTypeName } from "../ir/names.ts";
import type { Table } from "../ir/table.ts";
import { reservedWords } from "./ts/reservedWords.ts";

/*
 * What generated files declare and import from one another: files, constants and functions. The names of types are those of
 * `ir/names.ts`, which the rules compare as well.
 */

/** How a generated file imports another. */
export const modules = {
  schema: "./schema.js",
  validators: "./validators.js",
  operations: "./operations.js",
  routes: "./routes.js",
  worker: "./worker.js",
  auth: "./auth.js",
} as const;

/** The constant of a table in `schema.ts`. Names of the manifest have no underscore: `class_` meets no other. */
export function tableSymbol(table: Table): string {
  return reservedWords.has(table.name) ? `${table.name}_` : table.name;
}

/** The constant of a table's relations in `schema.ts`. */
export function relationsSymbol(app: App, table: Table): string {
  const name = `${table.name}Relations`;
  return app.tables.has(name) ? `${name}_` : name;
}

/** The type of a table's rows in `schema.ts`. */
export function rowType(table: Table): string {
  return rowsTypeName(table.name);
}
