import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { D1Database } from "@cloudflare/workers-types";
import type { Io } from "../../compiler/cli/io.ts";
import { migrate } from "../../compiler/cli/localDatabase.ts";
import { compileProject, openProject } from "../../compiler/cli/project.ts";
import { showDiagnostics } from "../../compiler/cli/show.ts";
import type { App } from "../../compiler/ir/app.ts";
import { applyWrites } from "../../compiler/write/apply.ts";
import { bundle } from "./bundle.ts";
import { type Data, dataOf } from "./data.ts";
import { specFolder } from "./scenario.ts";
import { type RunningWorker, startWorker, type WorkerConfig } from "./workerd.ts";

/** The generated client, untyped: scenarios name operations by text. */
export type AnyClient = { readonly [kind in "queries" | "mutations"]: unknown };

/** A spec that was compiled and is served. */
export interface SpecServer {
  readonly app: App;
  readonly url: URL;
  readonly log: readonly string[];
  readonly data: Data;
  readonly database: D1Database;
  /** the client of whoever has this token, or of nobody */
  clientOf(token: string | undefined): AnyClient;
  stop(): Promise<void>;
}

/** A folder of its own inside the checkout, so that generated code finds its packages; `purpose` keeps apart what runs side by side. */
export function emptyFolder(purpose: string, name: string): string {
  const folder = fileURLToPath(new URL(`../../.specs/${purpose}/${name}`, import.meta.url));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * A copy of a spec inside the checkout, compiled as the command line does it.
 *
 * @throws with the diagnostics when the spec has errors
 */
export function compileSpec(spec: string, purpose: string): { app: App; folder: string } {
  const folder = emptyFolder(purpose, spec);
  cpSync(specFolder(spec), folder, { recursive: true, filter: (path) => basename(path) !== "generated" });
  return { app: compileFolder(folder), folder };
}

/** Compiles the manifest of a folder, and writes what is generated. */
function compileFolder(folder: string): App {
  const problems: string[] = [];
  const io = { cwd: folder, env: {}, isTTY: false, out: () => {}, err: (text: string) => void problems.push(text) };
  const project = openProject(io as unknown as Io, undefined, undefined);
  const { app, plan, diagnostics } = compileProject(project);
  showDiagnostics(io as unknown as Io, diagnostics);
  if (!app || !plan || diagnostics.some(({ severity }) => severity === "error")) throw new Error(problems.join(""));
  applyWrites(plan, project.out);
  return app;
}

function readConfig(folder: string): WorkerConfig {
  return JSON.parse(readFileSync(join(folder, "wrangler.jsonc"), "utf8").replace(/^\s*\/\/.*$/gm, ""));
}

async function migrated(worker: RunningWorker, folder: string): Promise<void> {
  const { problem, applied } = await migrate(worker.database, join(folder, "generated/migrations"));
  if (problem) throw new Error(problem);
  if (applied.length === 0) throw new Error("there was nothing to migrate");
}

async function loadClient(folder: string, baseUrl: string): Promise<SpecServer["clientOf"]> {
  const path = join(folder, "client.bundled.mjs");
  writeFileSync(path, await bundle(join(folder, "generated/client.ts"), "node"));
  const { createClient } = (await import(pathToFileURL(path).href)) as { createClient(options: object): AnyClient };
  const clients = new Map<string | undefined, AnyClient>();
  return (token) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const client = clients.get(token) ?? createClient({ baseUrl, retries: 0, headers });
    clients.set(token, client);
    return client;
  };
}

/**
 * Compiles a spec, serves it in workerd and migrates its database.
 *
 * @param purpose keeps apart what runs side by side
 */
export async function startSpec(spec: string, purpose = "conformance"): Promise<SpecServer> {
  const { app, folder } = compileSpec(spec, purpose);
  return serve(app, folder);
}

/** Does the same with a manifest that stands in a folder already; `stop` removes the folder. */
export async function startFolder(folder: string): Promise<SpecServer> {
  return serve(compileFolder(folder), folder);
}

async function serve(app: App, folder: string): Promise<SpecServer> {
  const script = await bundle(join(folder, "generated/worker.ts"));
  const worker = await startWorker(script, readConfig(folder));
  const stop = async () => {
    await worker.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await migrated(worker, folder);
    const clientOf = await loadClient(folder, worker.url.origin);
    return {
      app,
      url: worker.url,
      log: worker.log,
      data: dataOf(app, worker.database),
      database: worker.database,
      clientOf,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
