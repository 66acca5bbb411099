import { expect, test } from "vitest";
import { appOf } from "../plan/manifest.ts";
import { ask, callerOf, userOf } from "./ask.ts";
import { broken } from "./constraints.ts";
import { type Case, yaml } from "./disagreement.ts";
import { foreignKeysOf } from "./foreignKeys.ts";
import { columnsOf, isComputed, type Json, keyOf, type Manifest, mapEntries, tablesOf } from "./manifest.ts";
import { Random } from "./random/random.ts";
import { ruledCase } from "./random/ruledCase.ts";
import { possibleValue } from "./random/value.ts";
import { shown } from "./read.ts";
import type { Row, WireRows } from "./rows.ts";
import { seenBy } from "./rules.ts";
import { scopeOf } from "./scope.ts";
import { filled } from "./storage.ts";
import { readTables } from "./tables.ts";
import { withUsers } from "./users.ts";
import { toWire } from "./value.ts";

/*
 * A law that needs no second implementation of queries: whatever is changed that a caller may not read, no query answers otherwise
 * (non-interference, after Goguen and Meseguer, 1982).
 */

const RUNS = Number(process.env.RUNS ?? 60);
const FIRST = Number(process.env.SEED ?? 1) * 1_000_000;

/** All that a caller may read, as one text. */
function visible(manifest: Manifest, rows: WireRows, user: Row | null): string {
  const { tables, caller } = seenBy(manifest, readTables(manifest, rows), user);
  return JSON.stringify(
    mapEntries(tables, (seen, table) => {
      const scope = scopeOf({ manifest, tables, args: {}, declared: {}, caller }, table);
      return seen.map((row) =>
        shown(undefined, row, scope).map((name) => [name, toWire(row[name]!, scope.columns[name]!)]),
      );
    }),
  );
}

/** The rows with other values, or less of them, wherever the caller does not notice. */
function changed(random: Random, manifest: Manifest, rows: WireRows, user: Row | null): WireRows | undefined {
  const before = visible(manifest, rows, user);
  let best: WireRows | undefined;
  for (let attempt = 0; attempt < 12; attempt++) {
    const next = random.chance(0.4)
      ? withLess(random, manifest, best ?? rows)
      : withAnother(random, manifest, best ?? rows);
    if (next && visible(manifest, next, user) === before) best = next;
  }
  return best;
}

function withAnother(random: Random, manifest: Manifest, rows: WireRows): WireRows | undefined {
  const table = random.pick(Object.keys(manifest.tables));
  const own = rows[table]!;
  const fixed = [...keyOf(manifest, table), ...foreignKeysOf(manifest, table).flatMap(({ from }) => from), "email"];
  const types = Object.entries(columnsOf(manifest, table));
  const free = types.filter(([name, type]) => !fixed.includes(name) && !isComputed(type));
  if (own.length === 0 || free.length === 0) return undefined;
  const guarded = free.filter(([, { read }]) => read !== undefined);
  const [name, type] = random.pick(guarded.length > 0 && random.chance(0.7) ? guarded : free);
  const at = random.below(own.length);
  const value = possibleValue(random, type);
  return { ...rows, [table]: own.map((row, index) => (index === at ? { ...row, [name]: value } : row)) };
}

/** Without a row that none refers to. */
function withLess(random: Random, manifest: Manifest, rows: WireRows): WireRows | undefined {
  const table = random.pick(tablesOf(manifest));
  const own = rows[table]!;
  if (own.length === 0) return undefined;
  const gone = random.pick(own);
  const next = { ...rows, [table]: own.filter((row) => row !== gone) };
  return broken(manifest, readTables(manifest, next)).length === 0 ? next : undefined;
}

/** The call whose answer tells of what is hidden, in short. */
async function leak({ manifest: written, rows, calls }: Case, random: Random): Promise<Json | undefined> {
  const app = appOf(yaml(written));
  const manifest = withUsers(written);
  for (const call of calls) {
    const query = manifest.queries[call.query];
    if (!query || query.as) continue;
    const user = userOf(manifest, readTables(manifest, rows), call)!;
    const others = changed(random, manifest, rows, user);
    if (!others) continue;
    const answers = [];
    for (const each of [rows, others])
      answers.push(await ask(filled(app, manifest, each), app, call, query, callerOf(manifest, user)));
    asked += 1;
    if (JSON.stringify(answers[0]) !== JSON.stringify(answers[1]))
      return { query, call, rows, others, answers, written };
  }
  return undefined;
}

let asked = 0;

test(`what ${RUNS} manifests hide changes no answer`, { timeout: 60_000 + RUNS * 200 }, async () => {
  for (let run = 0; run < RUNS; run++) {
    const seed = FIRST + run;
    const told = await leak(ruledCase(seed), new Random(seed)).catch((error: Error) => {
      if (!error.message.startsWith("guard/never-read")) throw error;
    });
    if (told) expect.fail(`Case ${seed}:\n${JSON.stringify(told, null, 1)}`);
  }
  expect(asked).toBeGreaterThan(RUNS);
});
