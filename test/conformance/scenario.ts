import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import type { ErrorExpectation } from "../../compiler/cli/test/outcome.ts";
import { type SignedIn, signedIn } from "../../compiler/cli/test/signedIn.ts";
import { expand } from "./generate.ts";

/*
 * The format of `specs/<name>/scenarios.yaml` and `specs/<name>/<subject>.scenarios.yaml`.
 *
 *   seed:                     rows that are there in every case, by table, under their names in the manifest and as they go over
 *     tasks: [{ id: 1 }]      the wire; the rows of `seed.yaml`, where the spec has one, are there as well
 *   users:                    who may call, by name: fields of the row of `users`, as in `appflare.test.yaml`
 *     ann: { role: admin }
 *   cases:
 *     what is shown:          one step, a list of steps, or `{ seed, steps }` with further rows
 *       query: tasks/get
 *
 * A step calls something, as a user where `as: name` says so, and says what has to come of it.
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
 * Texts that begin with `$` in expectations and arguments: `compiler/cli/test/match.ts`.
 *
 * In arguments, bodies and seeds:
 *
 *   { $range: [1, 100] }                 the whole numbers from 1 to 100
 *   { $repeat: [text, n] } { $concat: [text, …] }
 *   { $times: n, from: 1, row: { id: $index, name: row $index } }      n rows
 */

/** Rows by table. */
export type Rows = { readonly [table: string]: readonly { readonly [column: string]: unknown }[] };

export interface Step {
  /** a user of the file; absent, or `nobody`: nobody is signed in */
  readonly as?: string;
  /** what calls as that user */
  readonly token?: string;
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
  "as query mutation pages request args headers body result error status expectHeaders expectBody".split(" "),
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

type People = ReadonlyMap<string, SignedIn>;

/** What every case of a file begins with. */
interface Around {
  readonly seeds: readonly (Rows | undefined)[];
  readonly people: People;
}

function checkedStep(step: Step, where: string, people: People): Step {
  for (const key of Object.keys(step)) if (!stepKeys.has(key)) throw new Error(`${where}: unknown key "${key}"`);
  const calls = [step.query, step.mutation, step.pages, step.request].filter((call) => call !== undefined);
  if (calls.length !== 1) throw new Error(`${where}: a step calls one thing`);
  if (!["result", "error", "status", "expectBody"].some((key) => key in step))
    throw new Error(`${where}: nothing is expected`);
  if (step.as === undefined || step.as === "nobody") return step;
  const person = people.get(step.as);
  if (!person) throw new Error(`${where}: there is no user "${step.as}"`);
  return { ...step, token: person.token };
}

function scenario(name: string, written: unknown, { seeds, people }: Around): Scenario {
  const value = expand(written) as Step | readonly Step[] | { seed: Rows; steps?: readonly Step[] };
  if (Array.isArray(value))
    return { name, seed: mergeRows(...seeds), steps: value.map((step) => checkedStep(step, name, people)) };
  const { seed, steps, ...step } = value as Step & { seed?: Rows; steps?: readonly Step[] };
  return {
    name,
    seed: mergeRows(...seeds, seed),
    steps: (steps ?? [step]).map((each) => checkedStep(each, name, people)),
  };
}

interface ScenarioFile {
  readonly users?: { readonly [name: string]: { readonly [column: string]: unknown } | null };
  readonly seed?: Rows;
  readonly cases: { readonly [name: string]: unknown };
}

function readFile(path: string, shared: Rows | undefined): readonly Scenario[] {
  const { users, seed, cases } = readYaml(path) as ScenarioFile;
  const people = new Map(Object.entries(users ?? {}).map(([name, fields]) => [name, signedIn(name, fields ?? {})]));
  const signed = [...people.values()];
  const rows: Rows =
    signed.length === 0
      ? {}
      : {
          users: signed.map(({ user }) => user),
          sessions: signed.map(({ session }) => session),
        };
  const around = { seeds: [rows, shared, expand(seed) as Rows | undefined], people };
  return Object.entries(cases).map(([name, written]) => scenario(name, written, around));
}

/** The scenarios of a spec by the file that holds them. */
export function readScenarios(spec: string): ReadonlyMap<string, readonly Scenario[]> {
  const folder = specFolder(spec);
  const seedPath = join(folder, "seed.yaml");
  const shared = existsSync(seedPath) ? (readYaml(seedPath) as Rows) : undefined;
  const files = readdirSync(folder)
    .filter((name) => /(^|\.)scenarios\.yaml$/.test(name))
    .sort();
  return new Map(files.map((file) => [file, readFile(join(folder, file), shared)]));
}
