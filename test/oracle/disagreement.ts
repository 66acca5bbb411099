import type { SQLInputValue } from "node:sqlite";
import type { App } from "../../compiler/ir/app.ts";
import { Memory } from "../plan/database.ts";
import { appOf } from "../plan/manifest.ts";
import { columnsOf, isComputed, type Json, type Manifest, type Type, tablesOf } from "./manifest.ts";
import { answer } from "./read.ts";
import type { WireRows } from "./rows.ts";
import { readTables } from "./tables.ts";
import { fromWire } from "./value.ts";

/** A manifest, rows, and what is asked. */
export interface Case {
  readonly manifest: Manifest;
  readonly rows: WireRows;
  readonly calls: readonly AskedQuery[];
}

export interface AskedQuery {
  readonly query: string;
  readonly args: { readonly [name: string]: unknown };
  /** of pages */
  readonly size?: number;
}

export interface Disagreement {
  readonly call: AskedQuery;
  readonly expected: unknown;
  readonly got: unknown;
}

/**
 * Where the compiled SQL answers otherwise than the oracle.
 *
 * @throws where the case cannot be set up: the manifest has an error, or the rows do not fit
 */
export async function disagreement({ manifest, rows, calls }: Case): Promise<Disagreement | undefined> {
  const app = appOf(yaml(manifest));
  const memory = filled(app, manifest, rows);
  const tables = readTables(manifest, rows);
  for (const call of calls) {
    const query = manifest.queries[call.query];
    const expected = answer(manifest, tables, query, call.args ?? {});
    const got = await ask(memory, app, call, query).catch((error: Error) => ({ error: error.message }));
    if (!alike(expected, got)) return { call, expected, got };
  }
  return undefined;
}

/** A section of the manifest a line: JSON is YAML. */
const yaml = (manifest: Manifest): string =>
  Object.entries(manifest)
    .map(([name, section]) => `${name}: ${JSON.stringify(section)}\n`)
    .join("");

/** Equal, but for the sign of zero and the last digits of floating point, of which some versions of SQLite write 15 in JSON. */
function alike(left: Json, right: Json): boolean {
  if (typeof left === "number" && typeof right === "number")
    return left === right || Math.abs(left - right) <= 1e-9 * Math.max(Math.abs(left), Math.abs(right));
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return left === right;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  return [...names].every((name) => name in left && name in right && alike(left[name], right[name]));
}

/** A query's answer; a page is walked to its end, and back again where it leads back. */
async function ask(memory: Memory, app: App, { query: name, args, size }: AskedQuery, query: Json): Promise<Json> {
  const operation = app.operations.get(name)!;
  if (!query.page) return memory.call(operation, args);
  const walk: Json[] = [];
  let page: Json;
  do {
    page = await memory.call(operation, args, { ...(size && { size }), ...(page && { position: page.nextCursor }) });
    if (page.hasMore !== (page.nextCursor !== null)) return { wrongPage: page };
    walk.push(page);
    if (walk.length > 200) return { endless: page };
  } while (page.nextCursor !== null);
  const rows = walk.flatMap((each) => each.rows);
  if (query.total && walk.some(({ total }) => total !== rows.length)) return { wrongTotal: page };
  if (!query.bothWays) return rows;
  for (const before of walk.slice(0, -1).reverse()) {
    page = await memory.call(operation, args, { ...(size && { size }), position: page.previousCursor });
    if (!alike(page.rows, before.rows)) return { wayBack: page.rows, wayThere: before.rows };
  }
  return page.previousCursor === null ? rows : { beginning: page };
}

function filled(app: App, manifest: Manifest, rows: WireRows): Memory {
  const memory = new Memory(app);
  memory.sqlite.exec("PRAGMA foreign_keys = OFF");
  for (const table of tablesOf(manifest)) {
    const { sqlName, columns } = app.tables.get(table)!;
    const types = Object.entries(columnsOf(manifest, table)).filter(([, type]) => !isComputed(type));
    const stored = (rows[table] ?? []).map((row) =>
      Object.fromEntries(types.map(([name, type]) => [columns.get(name)!.sqlName, toSql(row[name], type)])),
    );
    memory.fill(sqlName, stored);
  }
  const broken = memory.sqlite.prepare("PRAGMA foreign_key_check").all();
  if (broken.length > 0) throw new Error("A row refers to one that is not there");
  memory.sqlite.exec("PRAGMA foreign_keys = ON");
  return memory;
}

/** A value as the table "Types" says that SQLite stores it. */
function toSql(wire: unknown, type: Type): SQLInputValue {
  if (wire === null || wire === undefined) {
    if (!type.nullable) throw new Error("A value is missing");
    return null;
  }
  if (type.kind === "boolean") return Number(wire);
  if (type.kind === "bytes") return Buffer.from(wire as string, "base64");
  if (type.kind === "json" || type.kind === "array" || type.kind === "object") return JSON.stringify(wire);
  return fromWire(wire, type) as SQLInputValue;
}
