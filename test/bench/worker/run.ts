/*
 * `npm run bench:worker`: what a generated Worker weighs, how soon a fresh one answers, and what grows with the number of operations.
 * With `--write` the tables of the README are brought up to date.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { manifestOf } from "../compile/manifest.ts";
import { type Bundle, bundle, start } from "../host.ts";
import { load } from "../load.ts";
import { show } from "../show.ts";
import { formatSpread, spread, table } from "../statistics.ts";
import { compiled, compiledSpec, migrationsOf } from "./compile.ts";

const root = join(import.meta.dirname, "../../..");
const ROUNDS = Number(process.env.ROUNDS ?? 5);

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);
const gzipped = ({ script }: Bundle): number => gzipSync(script, { level: 9 }).length;

const workers = join(root, "test/bench/requests/taskboard");
const signIn = compiled("sign-in", readFileSync(join(root, "test/bench/signIn/appflare.yaml"), "utf8"));
const bundles: { readonly [name: string]: Bundle } = {
  "handwritten, bare": await bundle(join(workers, "limit.ts")),
  minimal: await bundle(join(compiledSpec("minimal"), "worker.ts")),
  taskboard: await bundle(join(compiledSpec("taskboard"), "worker.ts")),
  "sign-in": await bundle(join(signIn, "worker.ts")),
  "workspace, with sign-in and handlers": await bundle(join(compiledSpec("workspace"), "worker.ts")),
  "kitchen-sink, with handlers": await bundle(join(compiledSpec("kitchen-sink"), "worker.ts")),
  "handwritten, Hono + Zod + Drizzle": await bundle(join(workers, "usual.ts")),
};

/** Packages that are told by name; all others are what better-auth is made of. */
const packages = ["generated", "appflare", "hono", "zod", "drizzle-orm"];

/** Each Worker, gzipped, and what its packages add to it, minified. */
function sizes(): string {
  const rows = Object.entries(bundles).map(([name, one]) => {
    const others = [...one.packages].filter(([of]) => !packages.includes(of));
    const bytes = [...packages.map((of) => one.packages.get(of) ?? 0), others.reduce((sum, [, own]) => sum + own, 0)];
    return [name, kilobytes(gzipped(one)), ...bytes.map((own) => (own > 0 ? kilobytes(own) : "–"))];
  });
  return table(["Worker", "gzipped, KB", ...[...packages, "better-auth"].map((name) => `${name}, KB minified`)], rows);
}

/** From nothing to the first answer: a workerd is started with the Worker and asked once. */
async function firstAnswer({ script }: Bundle): Promise<number> {
  const begun = performance.now();
  const host = await start(script, { compatibilityFlags: ["nodejs_compat"] });
  const answer = await fetch(`${host.url}/health`);
  await answer.text();
  const taken = performance.now() - begun;
  await host.stop();
  return taken;
}

async function starts(): Promise<string> {
  const names = ["handwritten, bare", "taskboard", "sign-in", "handwritten, Hono + Zod + Drizzle"];
  const taken = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const name of names) {
      const milliseconds = await firstAnswer(bundles[name]!);
      if (round >= 0) taken.get(name)!.push(milliseconds);
    }
  }
  const bare = taken.get(names[0]!)!;
  const rows = names.map((name) => {
    const own = taken.get(name)!;
    return [name, spread(own).median.toFixed(0), formatSpread(spread(own.map((value, round) => value / bare[round]!)))];
  });
  return table(["Worker", "first answer of a fresh workerd, ms", "ratio to the bare one"], rows);
}

interface Grown {
  readonly operations: number;
  readonly rate: number;
  readonly megabytes: number;
  readonly typeCheck: number;
  readonly gzipped: number;
}

/** A Worker of so many operations: five for each table. The last one declared is asked, on an empty database. */
async function grown(operations: number): Promise<Grown> {
  const tables = operations / 5;
  const generated = compiled(`grown-${operations}`, manifestOf(tables));
  const one = await bundle(join(generated, "worker.ts"));
  const host = await start(one.script);
  for (const statement of await migrationsOf(generated)) await host.database.prepare(statement).run();
  const call = () => ({ method: "GET" as const, path: `/queries/things${tables - 1}/get?slug=none` });
  await load(host.url, 500, 8, call);
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rates.push(500 / (await load(host.url, 500, 8, call)));
  const megabytes = host.residentBytes() / 1e6;
  await host.stop();
  return { operations, rate: spread(rates).median, megabytes, typeCheck: typeCheck(generated), gzipped: gzipped(one) };
}

/** Seconds of `tsc` over the generated client. */
function typeCheck(generated: string): number {
  const begun = performance.now();
  const options = [
    "--noEmit",
    "--strict",
    "--skipLibCheck",
    "--module",
    "nodenext",
    "--target",
    "es2022",
    "--ignoreConfig",
  ];
  execFileSync(join(root, "node_modules/.bin/tsc"), [...options, join(generated, "client.ts")], { stdio: "inherit" });
  return (performance.now() - begun) / 1000;
}

async function growth(): Promise<string> {
  const all: Grown[] = [];
  for (const operations of [10, 100, 1000]) all.push(await grown(operations));
  const rows = all.map((one) => [
    String(one.operations),
    (one.rate / all[0]!.rate).toFixed(2),
    one.megabytes.toFixed(0),
    kilobytes(one.gzipped),
    one.typeCheck.toFixed(2),
  ]);
  return table(
    ["operations", "requests/s, ratio to 10 operations", "workerd's memory, MB", "gzipped, KB", "tsc of the client, s"],
    rows,
  );
}

show({ size: sizes(), start: await starts(), growth: await growth() });
