import { join } from "node:path";
import { bundle, type Host, start } from "../host.ts";
import { compiledSpec, migrationsOf } from "../worker/compile.ts";
import type { Backend, Case } from "./backend.ts";

export const sides = ["appflare", "limit", "usual"] as const;
export type Side = (typeof sides)[number];

/** One Worker with rows of its own. */
export interface Running {
  readonly host: Host;
  readonly cases: readonly Case[];
}

export type AllRunning = Readonly<Record<Side, Running>>;

/** The three Workers of a backend as scripts, and the statements that make their tables. */
export interface Scripts extends Readonly<Record<Side, string>> {
  readonly migrations: readonly string[];
}

export async function scriptsOf({ name }: Backend): Promise<Scripts> {
  const generated = compiledSpec(name);
  const script = async (path: string) => (await bundle(path)).script;
  return {
    appflare: await script(join(generated, "worker.ts")),
    limit: await script(join(import.meta.dirname, name, "limit.ts")),
    usual: await script(join(import.meta.dirname, name, "usual.ts")),
    migrations: await migrationsOf(generated),
  };
}

/** Runs the three Workers, each in a workerd of its own with the same rows, as long as the work takes. */
export async function withAll<T>(
  backend: Backend,
  scripts: Scripts,
  work: (all: AllRunning) => Promise<T>,
): Promise<T> {
  const all: Partial<Record<Side, Running>> = {};
  try {
    for (const side of sides) {
      const host = await start(scripts[side]);
      all[side] = { host, cases: [] };
      for (const statement of scripts.migrations) await host.database.prepare(statement).run();
      await backend.fill(host.database);
      all[side] = { host, cases: await backend.cases(host.url) };
    }
    return await work(all as AllRunning);
  } finally {
    for (const side of sides) await all[side]?.host.stop();
  }
}
