import { appOf } from "../plan/manifest.ts";
import { alike } from "./alike.ts";
import { type AskedQuery, ask, callerOf, refusalOf, userOf } from "./ask.ts";
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
    const mutation = manifest.mutations![call.query];
    const written = attempt(manifest, tables, call, user);
    const caller = callerOf(manifest, user);
    const got = await memory.call(app.operations.get(call.query)!, call.args, { caller }).catch(refusalOf);
    if (
      "refused" in written
        ? !written.refused.includes(got?.refused)
        : !alike(resultInAnyOrder(written.result, mutation), resultInAnyOrder(got, mutation))
    )
      return { call, expected: written.refused ?? written.result, got };
    tables = written.tables ?? tables;
    const [expected, found] = [wireOf(manifest, tables), wireOf(manifest, stored(memory, app, manifest))];
    if (!alike(expected, found)) return { call, expected, got: found };
  }
  return undefined;
}

/** A section of the manifest a line: JSON is YAML. */
export const yaml = (manifest: Manifest): string =>
  Object.entries(manifest)
    .map(([name, section]) => `${name}: ${JSON.stringify(section)}\n`)
    .join("");

/** An argument that may not be absent is there. */
export function expectArguments({ queries, mutations }: Manifest, { query, args = {} }: AskedQuery): void {
  const declared: Json = (queries?.[query] ?? mutations![query]).args ?? {};
  for (const [name, written] of Object.entries(declared)) {
    const isOptional = typeOf(written as string).nullable || (written as Json).optional;
    if (!isOptional && args[name] === undefined) throw new Error("An argument is missing");
  }
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

/** Nothing is said of the order of written rows, those of a step neither. */
const inAnyOrder = (result: Json): Json =>
  Array.isArray(result) ? [...result].sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1)) : result;

const resultInAnyOrder = (result: Json, { steps }: Json): Json =>
  steps && result ? mapEntries(result, inAnyOrder) : inAnyOrder(result);

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
