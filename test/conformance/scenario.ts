import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { expand } from "./generate.ts";

/*
 * The format of `specs/<name>/scenarios.yaml` and `specs/<name>/<subject>.scenarios.yaml`.
 *
 *   seed:                     rows that are there in every case, by table, under their names in the manifest and as they go over
 *     tasks: [{ id: 1 }]      the wire; the rows of `seed.yaml`, where the spec has one, are there as well
 *   cases:
 *     what is shown:          one step, a list of steps, or `{ seed, steps }` with further rows
 *       query: tasks/get
 *
 * A step calls something and says what has to come of it.
 *
 *   query: name / mutation: name, args: { … }      over HTTP, and once more through the generated client
 *   pages: name, args: { … }                       every page of it, by its cursors; `result` is the list of their rows
 *   request: POST /path?query, headers, body       over HTTP only, as it stands
 *
 *   result: …                            status 200 and this JSON
 *   error: { status, code, … }           the error envelope; `paths` are those of its details, in any order; `details`, `message`
 *                                        and `rule` are matched where they are given
 *   status, expectHeaders, expectBody    of the raw answer; a header that must not be there is null, the body is text
 *
 * In expectations:
 *
 *   $any $string $integer $uuid $nanoid $timestamp $date      any value of the kind
 *   $now $today                          a timestamp of the last minute, today's date (UTC)
 *   $name                                any value at first, the same one from then on; in arguments: that value
 *   $$text                               the text "$text"
 *   { key: …, $rest: $any }              an object that may have further keys
 *   { $unordered: […] } { $length: n }   a list in any order, a list so long
 *
 * In arguments, bodies and seeds:
 *
 *   { $range: [1, 100] }                 the whole numbers from 1 to 100
 *   { $repeat: [text, n] } { $concat: [text, …] }
 *   { $times: n, from: 1, row: { id: $index, name: row $index } }      n rows
 */

/** Rows by table. */
export type Rows = { readonly [table: string]: readonly { readonly [column: string]: unknown }[] };

export interface ErrorExpectation {
  readonly status: number;
  readonly code: string;
  readonly paths?: readonly string[];
  readonly details?: unknown;
  readonly message?: unknown;
  readonly rule?: string;
}

export interface Step {
  readonly query?: string;
  readonly mutation?: string;
  readonly pages?: string;
  readonly request?: string;
  readonly args?: { readonly [name: string]: unknown };
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
  readonly result?: unknown;
  readonly error?: ErrorExpectation;
  readonly status?: number;
  readonly expectHeaders?: { readonly [name: string]: unknown };
  readonly expectBody?: string;
}

export interface Scenario {
  readonly name: string;
  readonly seed: Rows;
  readonly steps: readonly Step[];
}

const stepKeys = new Set(
  "query mutation pages request args headers body result error status expectHeaders expectBody".split(" "),
);

/** The folder of a spec. */
export function specFolder(spec: string): string {
  return fileURLToPath(new URL(`../../specs/${spec}`, import.meta.url));
}

function readYaml(path: string): unknown {
  return parse(readFileSync(path, "utf8"));
}

function mergeRows(...seeds: readonly (Rows | undefined)[]): Rows {
  const tables: { [table: string]: readonly { readonly [column: string]: unknown }[] } = {};
  for (const seed of seeds) {
    for (const [table, rows] of Object.entries(seed ?? {})) tables[table] = [...(tables[table] ?? []), ...rows];
  }
  return tables;
}

function checkedStep(step: Step, where: string): Step {
  for (const key of Object.keys(step)) if (!stepKeys.has(key)) throw new Error(`${where}: unknown key "${key}"`);
  const calls = [step.query, step.mutation, step.pages, step.request].filter((call) => call !== undefined);
  if (calls.length !== 1) throw new Error(`${where}: a step calls one thing`);
  if (!["result", "error", "status", "expectBody"].some((key) => key in step))
    throw new Error(`${where}: nothing is expected`);
  return step;
}

function scenario(name: string, written: unknown, seeds: readonly (Rows | undefined)[]): Scenario {
  const value = expand(written) as Step | readonly Step[] | { seed: Rows; steps?: readonly Step[] };
  if (Array.isArray(value))
    return { name, seed: mergeRows(...seeds), steps: value.map((step) => checkedStep(step, name)) };
  const { seed, steps, ...step } = value as Step & { seed?: Rows; steps?: readonly Step[] };
  return {
    name,
    seed: mergeRows(...seeds, seed),
    steps: (steps ?? [step]).map((each) => checkedStep(each, name)),
  };
}

/** The scenarios of a spec by the file that holds them. */
export function readScenarios(spec: string): ReadonlyMap<string, readonly Scenario[]> {
  const folder = specFolder(spec);
  const seedPath = join(folder, "seed.yaml");
  const shared = existsSync(seedPath) ? (readYaml(seedPath) as Rows) : undefined;
  const files = readdirSync(folder)
    .filter((name) => /(^|\.)scenarios\.yaml$/.test(name))
    .sort();
  return new Map(
    files.map((file) => {
      const { seed, cases } = readYaml(join(folder, file)) as { seed?: Rows; cases: { [name: string]: unknown } };
      const seeds = [shared, expand(seed) as Rows | undefined];
      return [file, Object.entries(cases).map(([name, written]) => scenario(name, written, seeds))];
    }),
  );
}
