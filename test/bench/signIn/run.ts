/*
 * `npm run bench:signIn`: what it costs to know who calls, and what rules cost beside the same conditions by hand. Sides take turns in every
 * round, each in a workerd reached directly; a round's figure is a ratio within it, so a machine that slows down slows all sides.
 * `ROUNDS` and `COUNT` (requests of a turn) may be set. With `--write` the tables of the README are brought up to date.
 */
import { deepStrictEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundle, type D1Database, type Host, start } from "../host.ts";
import type { Call } from "../load.ts";
import { get, insert, post, rows } from "../requests/backend.ts";
import { show } from "../show.ts";
import { table } from "../statistics.ts";
import { compiled, migrationsOf } from "../worker/compile.ts";
import { cellsOf, inTurns } from "./inTurns.ts";
import { cases, fill, manifestOf } from "./rules.ts";
import { fillUsers, signedIn, USERS, userOf } from "./users.ts";

const NOTES = 100;

/** A Worker and its rows; `script` stands in for the generated one. */
async function serve(generated: string, fillTables: (database: D1Database) => Promise<void>, script?: string) {
  const host = await start(script ?? (await bundle(join(generated, "worker.ts"))).script, {
    compatibilityFlags: ["nodejs_compat"],
  });
  for (const statement of await migrationsOf(generated)) await host.database.prepare(statement).run();
  await fillUsers(host.database);
  await fillTables(host.database);
  return host;
}

async function rulesTable(): Promise<string> {
  const hand = await serve(compiled("by-hand", manifestOf("hand")), fill);
  const ruled = await serve(compiled("by-rules", manifestOf("rules")), fill);
  const lines: string[][] = [];
  for (const { name, call, own } of cases) {
    const as = signedIn(call);
    for (const index of [0, 7, 123])
      deepStrictEqual(await answered(ruled, as(index), own), await answered(hand, as(index), own));
    lines.push([
      name,
      ...cellsOf(
        await inTurns([
          { host: hand, call: as },
          { host: ruled, call: as },
        ]),
      ),
    ]);
  }
  await hand.stop();
  await ruled.stop();
  return table(["request", "by hand, requests/s", "rules", "by hand, CPU µs", "rules"], lines);
}

/** What a call is answered, without what each Worker makes by itself. */
async function answered({ url }: Host, { method, path, headers }: Call, own: readonly string[] = []): Promise<unknown> {
  const answer = await fetch(url + path, { method, ...(headers && { headers }) });
  if (answer.status !== 200) throw new Error(`${path} is answered ${answer.status}: ${await answer.text()}`);
  const text = await answer.text();
  if (text.length < 20) throw new Error(`${path} is answered nothing much: ${text}`);
  return JSON.parse(text, (key, value: unknown) => (own.includes(key) ? "its own" : value));
}

async function fillNotes(database: D1Database): Promise<void> {
  const columns = ["title", "done", "created_at", "owner_id"];
  await insert(
    database,
    "notes",
    columns,
    rows(USERS * NOTES, (at) => [`Note ${at}`, 0, at, userOf(Math.floor(at / NOTES))]),
  );
}

/** A note of whose turn it is. */
const note = (index: number): number => (index % USERS) * NOTES + 1 + (index % NOTES);

const signIns: {
  readonly [name: string]: readonly [nobody: (index: number) => Call, somebody: (index: number) => Call];
} = {
  "list of 20": [(index) => get(`/queries/public/list?owner=${userOf(index)}`), () => get("/queries/own/list")],
  get: [
    (index) => get(`/queries/public/get?id=${note(index)}&owner=${userOf(index)}`),
    (index) => get(`/queries/own/get?id=${note(index)}`),
  ],
  insert: [
    (index) => post("/mutations/public/add", { title: "x", owner: userOf(index) }),
    () => post("/mutations/own/add", { title: "x" }),
  ],
};

/** The same request by nobody and by somebody who is signed in, in one Worker; then the list by hand. */
async function signInTables(): Promise<string> {
  const generated = compiled("sign-in", readFileSync(join(import.meta.dirname, "appflare.yaml"), "utf8"));
  const host = await serve(generated, fillNotes);
  const lines: string[][] = [];
  for (const [name, [nobody, somebody]] of Object.entries(signIns))
    lines.push([
      name,
      ...cellsOf(
        await inTurns([
          { host, call: nobody },
          { host, call: signedIn(somebody) },
        ]),
      ),
    ]);
  await host.stop();

  const byHand = await serve(generated, fillNotes, (await bundle(join(import.meta.dirname, "lookup.ts"))).script);
  const calls = [
    (index: number) => get(`/nobody?owner=${userOf(index)}`),
    signedIn(() => get("/batch")),
    signedIn(() => get("/roundTrip")),
  ];
  const [nobody, batch, roundTrip] = await inTurns(calls.map((call) => ({ host: byHand, call })));
  lines.push(["by hand: list, a look-up in the same batch", ...cellsOf([nobody!, batch!])]);
  lines.push(["by hand: list, a look-up of its own", ...cellsOf([nobody!, roundTrip!])]);
  await byHand.stop();
  return table(["request", "nobody, requests/s", "signed in", "nobody, CPU µs", "signed in"], lines);
}

show({ signIn: await signInTables(), rules: await rulesTable() });
