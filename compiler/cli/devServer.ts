import { rmSync, writeFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import type { App } from "../ir/app.ts";
import { snapshotPath } from "../migrate/snapshot.ts";
import { applyWrites } from "../write/apply.ts";
import type { WritePlan } from "../write/plan.ts";
import { curlLines } from "./curl.ts";
import type { Io } from "./io.ts";
import { migrate } from "./localDatabase.ts";
import { LocalWorker } from "./localWorker.ts";
import { compileProject, hasErrors, type Project, readText } from "./project.ts";
import { seedFrom } from "./seed.ts";
import { showDiagnostics } from "./show.ts";

interface DevOptions {
  readonly project: Project;
  readonly port: number;
  readonly state: string;
  readonly seed: string | undefined;
}

/** The project as it was last found good, served; and what to say about the rest. */
export class DevServer {
  readonly #options: DevOptions;
  readonly #io: Io;
  readonly #worker: LocalWorker;
  readonly #url: string;
  /** what the last good bundle was made of */
  #bundled: readonly string[] = [];
  /** the database that is served: another binding or id is another database */
  #served: string | undefined;
  #announced = false;
  /** the text of the seed file that is in the database */
  #seeded: string | undefined;

  constructor(options: DevOptions, io: Io) {
    this.#options = options;
    this.#io = io;
    this.#url = `http://127.0.0.1:${options.port}`;
    const config = join(options.project.folder, "wrangler.jsonc");
    this.#worker = new LocalWorker({
      config,
      port: options.port,
      persistTo: options.state,
      log: (text) => io.err(text),
    });
  }

  /**
   * Brings everything to what the manifest says now, and says what came of it.
   *
   * @returns the files whose changes matter
   */
  async update(): Promise<readonly string[]> {
    const { project, seed } = this.#options;
    const start = performance.now();
    const compiled = compileProject(project);
    const diagnostics = compiled.diagnostics.map((found) =>
      found.code.startsWith("migration/") ? { ...found, severity: "error" as const } : found,
    );
    showDiagnostics(this.#io, diagnostics);
    const { app, plan } = compiled;
    if (app && plan && !hasErrors({ ...compiled, diagnostics }) && (await this.#serve(app, plan))) {
      this.#announce(app, Math.round(performance.now() - start));
    } else {
      this.#io.err(this.#served ? "\nThe last good version is still served.\n" : "\nWaiting for a change.\n");
    }
    return [...compiled.sources, ...this.#bundled, ...(seed === undefined ? [] : [seed])];
  }

  async stop(): Promise<void> {
    await this.#worker.stop();
  }

  /** The database first, where a Worker runs on it already: what is added to it does not disturb the old code. */
  async #serve(app: App, plan: WritePlan): Promise<boolean> {
    const database = JSON.stringify(app.database);
    const undo = rememberMigrations(plan, this.#options.project.out);
    applyWrites(plan, this.#options.project.out);
    if (this.#served === database && !(await this.#migrate(app, undo))) return false;
    const loaded = await this.#worker.load();
    if ("problem" in loaded) return this.#complain(loaded.problem);
    this.#bundled = this.#ownFiles(loaded.files);
    if (this.#served !== database && !(await this.#migrate(app, undo))) return false;
    this.#served = database;
    return this.#answers();
  }

  async #migrate(app: App, undo: () => void): Promise<boolean> {
    const database = await this.#worker.database(app.database.binding);
    const { applied, problem } = await migrate(database, join(this.#options.project.out, "migrations"));
    for (const name of applied) this.#io.out(`migrated ${name}\n`);
    if (problem) {
      undo();
      return this.#complain(`${problem}\n`);
    }
    await this.#seed(app, database);
    return true;
  }

  /** Again when the file has changed: it is idempotent, and a mistake in it stops nothing. */
  async #seed(app: App, database: D1Database): Promise<void> {
    const { seed } = this.#options;
    const text = seed === undefined ? undefined : readText(seed);
    if (seed === undefined || text === undefined || text === this.#seeded) return;
    if (await seedFrom(app, database, seed, this.#io)) this.#seeded = text;
  }

  async #answers(): Promise<boolean> {
    const status = await fetch(`${this.#url}/health`).then(
      (response) => response.status,
      (error: Error) => error.message,
    );
    return status === 200 || this.#complain(`The Worker answers GET /health with ${status}.\n`);
  }

  #complain(problem: string): false {
    this.#io.err(problem);
    return false;
  }

  #announce(app: App, ms: number): void {
    this.#io.out(`ready ${this.#url} (${ms} ms)\n`);
    if (!this.#announced)
      this.#io.out(
        `\nTry:\n${curlLines(app, this.#url)
          .map((line) => `  ${line}\n`)
          .join("")}\n`,
      );
    this.#announced = true;
  }

  /** Of what was bundled, what a person here would edit. */
  #ownFiles(files: readonly string[]): string[] {
    const { folder, out } = this.#options.project;
    const isForeign = (path: string): boolean =>
      path.includes(`${sep}node_modules${sep}`) || path.includes(`${sep}.wrangler${sep}`);
    return files.map((path) => resolve(folder, path)).filter((path) => !isForeign(path) && !path.startsWith(out + sep));
  }
}

/** Takes back migrations that were just written and then did not run: history is made of those that did. */
function rememberMigrations(plan: WritePlan, out: string): () => void {
  const snapshot = join(out, snapshotPath);
  const before = readText(snapshot);
  const created = plan.writes.filter(({ path }) => path.endsWith(".sql"));
  return () => {
    for (const { path } of created) rmSync(join(out, path), { force: true });
    if (before === undefined) rmSync(snapshot, { force: true });
    else writeFileSync(snapshot, before);
  };
}
