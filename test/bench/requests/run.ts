/*
 * `npm run bench:requests`: generated Workers beside the limit (handwritten, bare) and the usual stack, each in a workerd of its own with the
 * same rows. The three take turns in every round; a round's figure is a ratio to the limit in that round, so a machine that slows down
 * slows all three.
 *
 * `ROUNDS` says how many rounds. Two tables: end to end (requests per second with a real D1), and the Worker's own work (workerd's CPU a request with the
 * database's answers replayed).
 */
import { load } from "../load.ts";
import { show } from "../show.ts";
import { formatSpread, spread, table } from "../statistics.ts";
import type { Backend, Case } from "./backend.ts";
import { COMPARED, compareAnswers, compareWritten } from "./compare.ts";
import { replaying } from "./replay.ts";
import { shop } from "./shop/cases.ts";
import { type AllRunning, type Running, type Scripts, type Side, scriptsOf, sides, withAll } from "./sides.ts";
import { taskboard } from "./taskboard/cases.ts";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
/** `CASES=page,update` measures those alone whose names have one of these in them. */
const wanted = process.env.CASES?.split(",");
const CONCURRENCY = 8;

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
  /** the same call is sent every time, and the database's answer to it replayed */
  readonly replayed: boolean;
}

const endToEnd: Measurement = { figure: "rate", head: "the limit, requests/s", calls: 400, replayed: false };
const ownWork: Measurement = { figure: "cpu", head: "the limit, µs of CPU a request", calls: 4000, replayed: true };

/** The wanted cases of a backend on every side, in turns; a row each, with a ratio to the limit for each round. */
async function measured(backend: Backend, scripts: Scripts, measurement: Measurement): Promise<string[][]> {
  return withAll(backend, measurement.replayed ? replayed(scripts) : scripts, async (all) => {
    await compareAnswers(backend, all);
    const rows: string[][] = [];
    for (const [index, one] of all.limit.cases.entries())
      if (isWanted(one)) rows.push(await row(all, index, measurement));
    if (!measurement.replayed) await compareWritten(backend, all);
    return rows;
  });
}

async function row(all: AllRunning, index: number, { figure, calls, replayed }: Measurement): Promise<string[]> {
  const figures: Record<Side, number[]> = { appflare: [], limit: [], usual: [] };
  for (let round = -1; round < ROUNDS; round += 1) {
    const first = (round + 1) * calls;
    for (const side of turn(round)) {
      const { call } = all[side].cases[index]!;
      const result = await measure(all[side], calls, replayed ? () => call(COMPARED) : (at) => call(first + at));
      if (round >= 0) figures[side].push(result[figure]);
    }
  }
  const ratio = (side: Side) =>
    formatSpread(spread(figures[side].map((value, round) => value / figures.limit[round]!)));
  const { name } = all.limit.cases[index]!;
  return [name, spread(figures.limit).median.toFixed(0), ratio("appflare"), ratio("usual")];
}

/** Who goes first changes from round to round. */
function turn(round: number): Side[] {
  const shift = (round + sides.length) % sides.length;
  return [...sides.slice(shift), ...sides.slice(0, shift)];
}

function isWanted({ name }: Case): boolean {
  return wanted === undefined || wanted.some((part) => name.includes(part));
}

function replayed(scripts: Scripts): Scripts {
  const { appflare, limit, usual } = scripts;
  return { ...scripts, appflare: replaying(appflare), limit: replaying(limit), usual: replaying(usual) };
}

const backends = [taskboard, shop];
const scripts = new Map<Backend, Scripts>();
for (const backend of backends) scripts.set(backend, await scriptsOf(backend));

async function tableOf(measurement: Measurement): Promise<string> {
  const rows: string[][] = [];
  for (const backend of backends) rows.push(...(await measured(backend, scripts.get(backend)!, measurement)));
  return table(["request", measurement.head, "appflare", "usual"], rows);
}

const live = await tableOf(endToEnd);
const own = await tableOf(ownWork);
show({
  requests: `End to end, requests per second as a ratio to the limit's (median of ${ROUNDS} rounds, lowest–highest):

${live}

The Worker's own work, CPU of workerd a request with the database's answers replayed, as a ratio to the limit's:

${own}`,
});
