/*
 * What it costs to know who calls: the same request by somebody who is signed in and by nobody, in one Worker, in turns.
 * `node test/bench/signIn/run.ts`; `ROUNDS` and `COUNT` may be set.
 */
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { emptyFolder, startFolder } from "../../conformance/specServer.ts";
import { type Call, load } from "../load.ts";
import { formatSpread, spread, table } from "../statistics.ts";

const ROUNDS = Number(process.env["ROUNDS"] ?? 9);
const COUNT = Number(process.env["COUNT"] ?? 3000);
const USERS = 50;
const NOTES = 100;
const CONCURRENCY = 16;

const folder = emptyFolder("bench", "signIn");
cpSync(join(import.meta.dirname, "appflare.yaml"), join(folder, "appflare.yaml"));
const server = await startFolder(folder);

const now = Date.now();
const statements = Array.from({ length: USERS }, (_, user) => [
  server.database
    .prepare(`INSERT INTO "users" ("id", "name", "email", "created_at", "updated_at") VALUES (?, ?, ?, ?, ?)`)
    .bind(`user-${user}`, `User ${user}`, `user-${user}@example.com`, now, now),
  server.database
    .prepare(
      `INSERT INTO "sessions" ("id", "token", "expires_at", "created_at", "updated_at", "user_id") VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .bind(`session-${user}`, `token-${user}`, now + 30 * 86_400_000, now, now, `user-${user}`),
  server.database
    .prepare(
      `INSERT INTO "notes" ("title", "done", "created_at", "owner_id") SELECT 'Note ' || value, 0, ?, ? FROM generate_series(1, ${NOTES})`.replace(
        `generate_series(1, ${NOTES})`,
        `json_each('[${Array.from({ length: NOTES }, (_, at) => at)}]')`,
      ),
    )
    .bind(now, `user-${user}`),
]).flat();
await server.database.batch(statements);

const as = (index: number) => ({ authorization: `Bearer token-${index % USERS}` });
const owner = (index: number) => `user-${index % USERS}`;
const note = (index: number) => (index % USERS) * NOTES + 1 + (index % NOTES);
const json = (value: object) => JSON.stringify(value);

const cases: {
  readonly [name: string]: readonly [nobody: (index: number) => Call, somebody: (index: number) => Call];
} = {
  "list of 20": [
    (index) => ({ method: "GET", path: `/queries/public/list?owner=${owner(index)}` }),
    (index) => ({ method: "GET", path: "/queries/own/list", headers: as(index) }),
  ],
  get: [
    (index) => ({ method: "GET", path: `/queries/public/get?id=${note(index)}&owner=${owner(index)}` }),
    (index) => ({ method: "GET", path: `/queries/own/get?id=${note(index)}`, headers: as(index) }),
  ],
  insert: [
    (index) => ({ method: "POST", path: "/mutations/public/add", body: json({ title: "x", owner: owner(index) }) }),
    (index) => ({ method: "POST", path: "/mutations/own/add", body: json({ title: "x" }), headers: as(index) }),
  ],
};

/** CPU seconds of all workerd that this process started: proc(5), fields 14 and 15 of `stat`, in hundredths of a second. */
function cpuSeconds(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim().split(" ");
  const stats = children.map((pid) => readFileSync(`/proc/${pid}/stat`, "utf8"));
  return stats
    .filter((stat) => stat.includes("(workerd)"))
    .map((stat) => stat.split(") ")[1]!.split(" "))
    .reduce((sum, fields) => sum + (Number(fields[11]) + Number(fields[12])) / 100, 0);
}

const rows: string[][] = [];
for (const [name, [nobody, somebody]] of Object.entries(cases)) {
  const rates: { nobody: number[]; somebody: number[] } = { nobody: [], somebody: [] };
  const cpu: typeof rates = { nobody: [], somebody: [] };
  for (let round = -1; round < ROUNDS; round += 1) {
    const sides = [
      ["nobody", nobody],
      ["somebody", somebody],
    ] as const;
    for (const [side, call] of round % 2 === 0 ? sides : sides.toReversed()) {
      const before = cpuSeconds();
      const seconds = await load(server.url.href, COUNT, CONCURRENCY, call);
      if (round < 0) continue;
      rates[side].push(COUNT / seconds);
      cpu[side].push(((cpuSeconds() - before) / COUNT) * 1e6);
    }
  }
  const ratios = rates.somebody.map((rate, round) => rate / rates.nobody[round]!);
  rows.push([
    name,
    spread(rates.nobody).median.toFixed(0),
    spread(rates.somebody).median.toFixed(0),
    formatSpread(spread(ratios)),
    spread(cpu.nobody).median.toFixed(0),
    spread(cpu.somebody).median.toFixed(0),
    formatSpread(spread(cpu.nobody.map((used, round) => used / cpu.somebody[round]!))),
  ]);
}
console.log(
  table(
    ["request", "nobody, requests/s", "signed in, requests/s", "ratio", "nobody, CPU µs", "signed in, CPU µs", "ratio"],
    rows,
  ),
);
await server.stop();
