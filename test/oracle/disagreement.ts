import type { App } from "../../compiler/ir/app.ts";
import type { Caller } from "../../runtime/server/caller.ts";
import { Refusal } from "../../runtime/server/errors.ts";
import type { Memory } from "../plan/database.ts";
import { appOf } from "../plan/manifest.ts";
import { columnsOf, isComputed, type Json, type Manifest, mapEntries, typeOf } from "./manifest.ts";
import { answer } from "./read.ts";
import type { Row, Tables, WireRows } from "./rows.ts";
import { filled, stored } from "./storage.ts";
import { readTables } from "./tables.ts";
import { withUsers } from "./users.ts";
import { toWire } from "./value.ts";
import { Refused, write } from "./write.ts";

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
  /** whose call it is; null: nobody's */
  readonly as?: string | null;
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
export async function disagreement({ manifest: written, rows, calls }: Case): Promise<Disagreement | undefined> {
  const app = appOf(yaml(written));
  const manifest = withUsers(written);
  const memory = filled(app, manifest, rows);
  let tables = readTables(manifest, rows);
  for (const call of calls) {
    expectArguments(manifest, call);
    const user = userOf(manifest, tables, call);
    const query = manifest.queries?.[call.query];
    if (query) {
      const expected = answer(manifest, tables, query, call.args ?? {}, user);
      const got = await ask(memory, app, call, query, callerOf(manifest, user)).catch((error: Error) => ({
        error: error.message,
      }));
      if (!alike(expected, got)) return { call, expected, got };
      continue;
    }
    const written = attempt(manifest, tables, call, user);
    const caller = callerOf(manifest, user);
    const got = await memory.call(app.operations.get(call.query)!, call.args, { caller }).catch(refusalOf);
    if (
      "refused" in written
        ? !written.refused.includes(got?.refused)
        : !alike(inAnyOrder(written.result), inAnyOrder(got))
    )
      return { call, expected: written.refused ?? written.result, got };
    tables = written.tables ?? tables;
    const [expected, found] = [wireOf(manifest, tables), wireOf(manifest, stored(memory, app, manifest))];
    if (!alike(expected, found)) return { call, expected, got: found };
  }
  return undefined;
}

/** A section of the manifest a line: JSON is YAML. */
const yaml = (manifest: Manifest): string =>
  Object.entries(manifest)
    .map(([name, section]) => `${name}: ${JSON.stringify(section)}\n`)
    .join("");

/** An argument that may not be absent is there. */
function expectArguments({ queries, mutations }: Manifest, { query, args = {} }: AskedQuery): void {
  const declared: Json = (queries?.[query] ?? mutations![query]).args ?? {};
  for (const [name, written] of Object.entries(declared)) {
    const isOptional = typeOf(written as string).nullable || (written as Json).optional;
    if (!isOptional && args[name] === undefined) throw new Error("An argument is missing");
  }
}

/** The row of who calls, null for nobody; undefined where there is no sign-in. */
function userOf(manifest: Manifest, tables: Tables, { as = null }: AskedQuery): Row | null | undefined {
  if (!manifest.auth && Object.values(manifest.tables).every(({ rules }) => !rules)) return undefined;
  if (as === null) return null;
  const user = tables["users"]?.find(({ id }) => id === as);
  if (!user) throw new Error("The caller is not there");
  return user;
}

/** The same as the runtime has it. */
function callerOf(manifest: Manifest, user: Row | null | undefined): Caller | undefined {
  if (!user) return undefined;
  const types = columnsOf(manifest, "users");
  const fields = Object.entries(user).filter(([name]) => !isComputed(types[name]!));
  const inSql = fields.map(([name, value]) => [name, typeof value === "boolean" ? Number(value) : value]);
  return { user: Object.fromEntries(inSql), session: {} };
}

function attempt(
  manifest: Manifest,
  tables: Tables,
  { query, args = {} }: AskedQuery,
  user: Row | null | undefined,
): Json {
  try {
    return write(manifest, tables, manifest.mutations![query], args, user);
  } catch (error) {
    if (error instanceof Refused) return { refused: error.codes };
    throw error;
  }
}

function refusalOf(error: unknown): Json {
  if (!(error instanceof Refusal)) return { error: (error as Error).message };
  const { code, extras } = error;
  if (code !== "forbidden") return { refused: code };
  const rules = (extras.details as { rules?: { name: string }[] } | undefined)?.rules ?? [];
  return { refused: `forbidden ${extras.rule}: ${rules.map(({ name }) => name).join(", ")}` };
}

/** Nothing is said of the order of written rows. */
const inAnyOrder = (result: Json): Json =>
  Array.isArray(result) ? [...result].sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1)) : result;

/** A row as text, without the last digits of floating point. */
const textOf = (row: Json): string =>
  JSON.stringify(row, (_, value) => (typeof value === "number" ? value.toPrecision(9) : value));

/** Rows as JSON, by table, in any order. */
const wireOf = (manifest: Manifest, tables: Tables): Json =>
  mapEntries(tables, (rows, table) => {
    const own = Object.entries(columnsOf(manifest, table)).filter(([, type]) => !isComputed(type));
    return inAnyOrder(
      rows.map((row) => Object.fromEntries(own.map(([name, type]) => [name, toWire(row[name]!, type)]))),
    );
  });

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
async function ask(
  memory: Memory,
  app: App,
  { query: name, args, size }: AskedQuery,
  query: Json,
  caller: Caller | undefined,
): Promise<Json> {
  const operation = app.operations.get(name)!;
  if (!query.page) return memory.call(operation, args, { caller });
  const walk: Json[] = [];
  let page: Json;
  do {
    page = await memory.call(operation, args, {
      caller,
      ...(size && { size }),
      ...(page && { position: page.nextCursor }),
    });
    if (page.hasMore !== (page.nextCursor !== null)) return { wrongPage: page };
    walk.push(page);
    if (walk.length > 200) return { endless: page };
  } while (page.nextCursor !== null);
  const rows = walk.flatMap((each) => each.rows);
  if (query.total && walk.some(({ total }) => total !== rows.length)) return { wrongTotal: page };
  if (!query.bothWays) return rows;
  for (const before of walk.slice(0, -1).reverse()) {
    page = await memory.call(operation, args, { caller, ...(size && { size }), position: page.previousCursor });
    if (!alike(page.rows, before.rows)) return { wayBack: page.rows, wayThere: before.rows };
  }
  return page.previousCursor === null ? rows : { beginning: page };
}
