/*
 * `npm run bench:requests`: the generated Worker of taskboard beside the limit (handwritten, bare) and the usual stack, each in a workerd
 * of its own with the same 20,000 tasks. The three take turns in every round; a round's figure is a ratio to the limit in that
 * round, so a machine that slows down slows all three.
 *
 * Two tables: end to end (requests per second and CPU of workerd with a real D1), and the Worker's own work (CPU a request with
 * the database's answers replayed, less the CPU of a request that does nothing).
 */
import { join } from "node:path";
import { bundle, type Host, start } from "../host.ts";
import { load } from "../load.ts";
import { formatSpread, spread, table } from "../statistics.ts";
import { compiledSpec, migrationsOf } from "../worker/compile.ts";
import { type Case, cases, fill, firstPage } from "./cases.ts";
import { replaying } from "./replay.ts";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const CONCURRENCY = 8;
const CALLS = { live: 400, replayed: 4000 };

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
  await fill(host.database, migrationsOf(generated));
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

type Ratios = Record<Exclude<Side, "limit">, number[]>;

async function endToEnd(all: Record<Side, Running>): Promise<void> {
  const rows: string[][] = [];
  for (const [index, { name }] of all.limit.cases.entries()) {
    const ratios: Ratios = { appflare: [], usual: [] };
    const rates: number[] = [];
    for (let round = -1; round < ROUNDS; round += 1) {
      const rate = {} as Record<Side, number>;
      for (const side of turn(round)) {
        const offset = (round + 1) * CALLS.live;
        rate[side] = (await measure(all[side], CALLS.live, (i) => all[side].cases[index]!.call(offset + i))).rate;
      }
      if (round < 0) continue;
      rates.push(rate.limit);
      ratios.appflare.push(rate.appflare / rate.limit);
      ratios.usual.push(rate.usual / rate.limit);
    }
    rows.push([
      name,
      spread(rates).median.toFixed(0),
      formatSpread(spread(ratios.appflare)),
      formatSpread(spread(ratios.usual)),
    ]);
  }
  console.log("\nEnd to end: requests per second as a ratio to the limit's (median, lowest–highest of the rounds)\n");
  console.log(table(["request", "limit, requests/s", "appflare", "usual"], rows));
}

async function ownWork(all: Record<Side, Running>): Promise<void> {
  const rows: string[][] = [];
  for (const [index, { name, repeatable }] of all.limit.cases.entries()) {
    if (!repeatable) continue;
    const ratios: Ratios = { appflare: [], usual: [] };
    const costs: number[] = [];
    for (let round = -1; round < ROUNDS; round += 1) {
      const cpu = {} as Record<Side, number>;
      for (const side of turn(round)) {
        const busy = await measure(all[side], CALLS.replayed, () => all[side].cases[index]!.call(7));
        cpu[side] = busy.cpu;
      }
      if (round < 0) continue;
      costs.push(cpu.limit);
      ratios.appflare.push(cpu.appflare / cpu.limit);
      ratios.usual.push(cpu.usual / cpu.limit);
    }
    rows.push([
      name,
      spread(costs).median.toFixed(0),
      formatSpread(spread(ratios.appflare)),
      formatSpread(spread(ratios.usual)),
    ]);
  }
  console.log(
    "\nThe Worker's own work: CPU of workerd a request, answers of the database replayed, as a ratio to the limit's\n",
  );
  console.log(table(["request", "limit, µs", "appflare", "usual"], rows));
}

/** Who goes first changes from round to round. */
function turn(round: number): Side[] {
  const shift = (round + sides.length) % sides.length;
  return [...sides.slice(shift), ...sides.slice(0, shift)];
}

async function onAll(
  scripts: Record<Side, string>,
  work: (all: Record<Side, Running>) => Promise<void>,
): Promise<void> {
  const all = {} as Record<Side, Running>;
  try {
    for (const side of sides) all[side] = await running(scripts[side]);
    await compareAnswers(all);
    await work(all);
  } finally {
    for (const side of sides) await all[side]?.host.stop();
  }
}

const scripts = {} as Record<Side, string>;
for (const side of sides) scripts[side] = (await bundle(entries[side])).script;
await onAll(scripts, endToEnd);
const replayed = {} as Record<Side, string>;
for (const side of sides) replayed[side] = replaying(scripts[side]);
await onAll(replayed, ownWork);
