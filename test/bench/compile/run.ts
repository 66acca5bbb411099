/*
 * `npm run bench:compile`: whole cold processes that compile manifests of 10, 100 and 1,000 tables, in turn with processes that only
 * read the same text with the `yaml` package, to a document with positions. With `--write` the table of the README is brought up to date.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { show } from "../show.ts";
import { formatSpread, type Spread, spread, table } from "../statistics.ts";
import { manifestOf } from "./manifest.ts";
import { peakMemory, Running, run } from "./process.ts";

const root = join(import.meta.dirname, "../../..");
const appflare = join(root, "dist/compiler/cli/main.js");
const ROUNDS = Number(process.env.ROUNDS ?? 7);
const sizes = [10, 100, 1000];

const readsYaml = `
import { readFileSync } from "node:fs";
import { parseDocument } from ${JSON.stringify(import.meta.resolve("yaml"))};
parseDocument(readFileSync("appflare.yaml", "utf8"));`;
const yaml = ["--input-type=module", "-e", readsYaml];

const work = mkdtempSync(join(tmpdir(), "appflare-bench-"));

interface Figures {
  readonly text: string;
  readonly compile: Spread;
  readonly yaml: Spread;
  readonly ratio: Spread;
  readonly megabytes: number;
}

async function figuresOf(tables: number): Promise<Figures> {
  const folder = join(work, String(tables));
  const text = manifestOf(tables);
  mkdirSync(folder);
  writeFileSync(join(folder, "appflare.yaml"), text);
  const compile = async (measure: typeof run): Promise<number> => {
    rmSync(join(folder, "generated"), { recursive: true, force: true });
    return measure([appflare, "compile"], folder);
  };
  const megabytes = await compile(peakMemory);
  const rounds: { compile: number; yaml: number }[] = [];
  for (let round = 0; round < ROUNDS; round++)
    rounds.push({ compile: await compile(run), yaml: await run(yaml, folder) });
  return {
    text,
    compile: spread(rounds.map((round) => round.compile / 1000)),
    yaml: spread(rounds.map((round) => round.yaml / 1000)),
    ratio: spread(rounds.map((round) => round.compile / round.yaml)),
    megabytes,
  };
}

/** Seconds from saving a manifest of 100 tables to files that are up to date, in a process that watches. */
async function watched(): Promise<Spread> {
  const folder = join(work, "100");
  const file = join(folder, "appflare.yaml");
  const watcher = new Running([appflare, "compile", "--watch"], folder);
  await watcher.next();
  const taken: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const done = watcher.next();
    const begun = performance.now();
    writeFileSync(file, manifestOf(100).replace("maximum: 100", `maximum: ${101 + round}`));
    await done;
    taken.push((performance.now() - begun) / 1000);
  }
  await watcher.stop();
  return spread(taken);
}

async function helped(): Promise<Spread> {
  const taken: number[] = [];
  for (let round = 0; round < ROUNDS; round++) taken.push((await run([appflare, "--help"], work)) / 1000);
  return spread(taken);
}

try {
  const figures = new Map<number, Figures>();
  for (const tables of sizes) figures.set(tables, await figuresOf(tables));
  const rows = sizes.map((tables, index) => {
    const { text, compile, yaml, ratio, megabytes } = figures.get(tables)!;
    const before = figures.get(sizes[index - 1]!);
    return [
      tables.toLocaleString("en"),
      `${(text.length / 1000).toFixed(0)} KB`,
      formatSpread(compile),
      formatSpread(yaml),
      formatSpread(ratio),
      before ? `× ${(compile.median / before.compile.median).toFixed(1)}` : "–",
      megabytes.toFixed(0),
    ];
  });
  rows.push(["100, saved again under `--watch`", "", formatSpread(await watched()), "", "", "", ""]);
  rows.push(["`--help`", "", formatSpread(await helped()), "", "", "", ""]);
  const head = ["Tables", "Manifest", "appflare compile, s", "yaml alone, s", "Ratio", "Growth", "Memory, MB"];
  show({ compile: table(head, rows) });
} finally {
  rmSync(work, { recursive: true, force: true });
}
