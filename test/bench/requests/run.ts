/*
 * `npm run bench:requests`: the generated Worker of taskboard beside the limit (handwritten, bare) and the usual stack, each in a workerd
 * of its own with the same 20,000 tasks. The three take turns in every round; a round's figure is a ratio to the limit in that
 * round, so a machine that slows down slows all three.
 *
 * `ROUNDS` says how many rounds. Two tables: end to end (requests per second with a real D1), and the Worker's own work (workerd's CPU a request with the
 * database's answers replayed).
 */
import { join } from "node:path";
import { bundle, type Host, start } from "../host.ts";
import { load } from "../load.ts";
import { show } from "../show.ts";
import { formatSpread, spread, table } from "../statistics.ts";
import { compiledSpec, migrationsOf } from "../worker/compile.ts";
import { type Case, cases, fill, firstPage } from "./cases.ts";
import { replaying } from "./replay.ts";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
/** `CASES=insert,update` measures these alone. */
const wanted = process.env.CASES?.split(",");
const CONCURRENCY = 8;

const generated = compiledSpec("taskboard");
const entries = {
  appflare: join(generated, "worker.ts"),
  limit: join(import.meta.dirname, "workers/limit.ts"),
  usual: join(import.meta.dirname, "workers/usual.ts"),
} as const;

type Side = keyof typeof entries;
const sides = Object.keys(entries) as Side[];

interface Running {
  readonly host: Host;
  readonly cases: readonly Case[];
}

async function running(script: string): Promise<Running> {
  const host = await start(script);
  await fill(host.database, await migrationsOf(generated));
  const page = (await (await fetch(host.url + firstPage)).json()) as { nextCursor: string };
  return { host, cases: cases(page.nextCursor) };
}

/** Every Worker answers every call alike, before anything is measured. */
async function compareAnswers(all: Record<Side, Running>): Promise<void> {
  for (const [index, { name, repeatable }] of all.limit.cases.entries()) {
    if (!repeatable) continue;
    const answers: unknown[] = [];
    for (const side of sides) {
      const { method, path, body } = all[side].cases[index]!.call(7);
      const answer = await fetch(all[side].host.url + path, {
        method,
        ...(body && { body, headers: { "content-type": "application/json" } }),
      });
      const value = await answer.json();
      answers.push(
        typeof value === "object" && value !== null && "nextCursor" in value ? { ...value, nextCursor: "" } : value,
      );
    }
    const [first, ...others] = answers.map((answer) => JSON.stringify(answer, (_, value) => sortKeys(value)));
    if (others.some((other) => other !== first))
      throw new Error(`"${name}" is answered differently:\n${[first, ...others].join("\n")}`);
  }
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Requests per second and CPU microseconds a request. */
async function measure({ host }: Running, count: number, call: Case["call"]): Promise<{ rate: number; cpu: number }> {
  const before = host.cpuSeconds();
  const seconds = await load(host.url, count, CONCURRENCY, call);
  return { rate: count / seconds, cpu: ((host.cpuSeconds() - before) / count) * 1e6 };
}

/** What is measured of each request, how often it is sent, and what the head of its column says. */
interface Measurement {
  readonly figure: "rate" | "cpu";
  readonly head: string;
  readonly calls: number;
  /** whether the same call is sent every time, so that the database's answer can be replayed */
  readonly same: boolean;
}

const endToEnd: Measurement = { figure: "rate", head: "the limit, requests/s", calls: 400, same: false };
const ownWork: Measurement = { figure: "cpu", head: "the limit, µs of CPU a request", calls: 4000, same: true };

/** Every case on every side, in turns; a ratio to the limit for each round. */
async function measured(all: Record<Side, Running>, { figure, head, calls, same }: Measurement): Promise<string> {
  const rows: string[][] = [];
  for (const [index, { name }] of all.limit.cases.entries()) {
    if (wanted && !wanted.includes(name)) continue;
    const figures: Record<Side, number[]> = { appflare: [], limit: [], usual: [] };
    for (let round = -1; round < ROUNDS; round += 1) {
      const first = (round + 1) * calls;
      for (const side of turn(round)) {
        const { call } = all[side].cases[index]!;
        const result = await measure(all[side], calls, same ? () => call(7) : (at) => call(first + at));
        if (round >= 0) figures[side].push(result[figure]);
      }
    }
    const ratio = (side: Side) =>
      formatSpread(spread(figures[side].map((value, round) => value / figures.limit[round]!)));
    rows.push([name, spread(figures.limit).median.toFixed(0), ratio("appflare"), ratio("usual")]);
  }
  return table(["request", head, "appflare", "usual"], rows);
}

/** Who goes first changes from round to round. */
function turn(round: number): Side[] {
  const shift = (round + sides.length) % sides.length;
  return [...sides.slice(shift), ...sides.slice(0, shift)];
}

async function onAll<T>(scripts: Record<Side, string>, work: (all: Record<Side, Running>) => Promise<T>): Promise<T> {
  const all = {} as Record<Side, Running>;
  try {
    for (const side of sides) all[side] = await running(scripts[side]);
    await compareAnswers(all);
    return await work(all);
  } finally {
    for (const side of sides) await all[side]?.host.stop();
  }
}

const scripts = {} as Record<Side, string>;
const replayed = {} as Record<Side, string>;
for (const side of sides) {
  scripts[side] = (await bundle(entries[side])).script;
  replayed[side] = replaying(scripts[side]);
}
const live = await onAll(scripts, (all) => measured(all, endToEnd));
const own = await onAll(replayed, (all) => measured(all, ownWork));
show({
  requests: `End to end, requests per second as a ratio to the limit's (median of ${ROUNDS} rounds, lowest–highest):

${live}

The Worker's own work, CPU of workerd a request with the database's answers replayed, as a ratio to the limit's:

${own}`,
});
