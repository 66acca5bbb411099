/*
 * `npm run bench:limits`: what a limit costs a request, beside the same request without one. The kinds take turns in every round; a
 * round's figure is a ratio to the request without a limit in that round. `ROUNDS` says how many rounds.
 *
 * The platform's own limit is the simulator's here, which asks an object for each request; Cloudflare answers it from memory on the machine that runs
 * the Worker. An exact limit is an object with SQLite here as there, without the way to where it lives.
 */
import { join } from "node:path";
import { bundle, start } from "../host.ts";
import { load } from "../load.ts";
import { formatSpread, spread, table } from "../statistics.ts";
import { compiled, migrationsOf } from "../worker/compile.ts";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const CALLS = 400;
const CONCURRENCY = 1;
const MANY = 1_000_000;

const manifest = `appflare: 1
name: limited
defaults: { auth: public }
limits:
  roughly: { requests: ${MANY}, seconds: 60 }
  exactly: { requests: ${MANY}, seconds: 60, exact: true }
tables:
  notes: { columns: { id: integer, text: string } }
queries:
  free: { list: notes }
  roughly: { list: notes, rateLimit: roughly }
  exactly: { list: notes, rateLimit: exactly }
`;

const kinds = ["free", "roughly", "exactly"] as const;
const generated = compiled("limited", manifest);
const { script } = await bundle(join(generated, "worker.ts"));
const host = await start(script, {
  ratelimits: { [`LIMIT_${MANY}_IN_60`]: { namespace_id: "1", simple: { limit: MANY, period: 60 } } },
  durableObjects: { LIMIT_COUNTERS: { className: "LimitCounter", useSQLite: true } },
});
for (const statement of await migrationsOf(generated)) await host.database.prepare(statement).run();

/** Each of fifty callers counts for itself. */
const call = (kind: string) => (index: number) => ({
  method: "GET" as const,
  path: `/queries/${kind}`,
  headers: { "cf-connecting-ip": `192.0.2.${index % 50}` },
});

const figures = new Map(kinds.map((kind) => [kind, { ms: [] as number[], cpu: [] as number[] }]));
for (let round = -1; round < ROUNDS; round += 1) {
  for (const kind of kinds) {
    const before = host.cpuSeconds();
    const seconds = await load(host.url, CALLS, CONCURRENCY, call(kind));
    if (round < 0) continue;
    figures.get(kind)!.ms.push((seconds / CALLS) * CONCURRENCY * 1000);
    figures.get(kind)!.cpu.push(((host.cpuSeconds() - before) / CALLS) * 1e6);
  }
}
await host.stop();

const free = figures.get("free")!;
const rows = kinds.map((kind) => {
  const { ms, cpu } = figures.get(kind)!;
  const added = ms.map((value, round) => value - free.ms[round]!);
  const addedCpu = cpu.map((value, round) => value - free.cpu[round]!);
  return [kind, spread(ms).median.toFixed(2), formatSpread(spread(added)), spread(addedCpu).median.toFixed(0)];
});
console.log(table(["limit", "ms a request", "ms more", "µs of CPU more"], rows));
