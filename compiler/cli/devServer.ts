import { join, resolve, sep } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import type { App } from "../ir/app.ts";
import { applyWrites } from "../write/apply.ts";
import type { WritePlan } from "../write/plan.ts";
import { curlLines } from "./curl.ts";
import type { Io } from "./io.ts";
import { LocalWorker } from "./localWorker.ts";
import { evolve } from "./migration/evolve.ts";
import { goalOf, showEvolved } from "./migration/evolveLocally.ts";
import { withoutMissing } from "./migration/write.ts";
import { compileProject, hasErrors, type Project, type Result, readText } from "./project.ts";
import { startSchema } from "./schema.ts";
import { seedFrom } from "./seed.ts";
import { showDiagnostics } from "./show.ts";
import { localVariables, missingVariables } from "./signInVariables.ts";

interface DevOptions {
  readonly project: Project;
  readonly port: number;
  readonly state: string;
  readonly seed: string | undefined;
  readonly allowDestructive: boolean;
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
    const diagnostics = withoutMissing(compiled);
    showDiagnostics(this.#io, diagnostics);
    const { app, plan } = compiled;
    if (app) startSchema(app, project.out);
    if (app && plan && !hasErrors({ ...compiled, diagnostics }) && (await this.#serve(compiled, app, plan))) {
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
  async #serve(compiled: Result, app: App, plan: WritePlan): Promise<boolean> {
    const database = JSON.stringify(app.database);
    applyWrites(plan, this.#options.project.out);
    if (this.#served === database && !(await this.#migrate(compiled, app))) return false;
    const { variables, missing } = localVariables(app, this.#options.project, this.#options.state);
    if (missing.length > 0) this.#io.err(missingVariables(missing));
    const loaded = await this.#worker.load(variables);
    if ("problem" in loaded) return this.#complain(loaded.problem);
    this.#bundled = this.#ownFiles(loaded.files);
    if (this.#served !== database && !(await this.#migrate(compiled, app))) return false;
    this.#served = database;
    return this.#answers();
  }

  async #migrate(compiled: Result, app: App): Promise<boolean> {
    const { project, allowDestructive } = this.#options;
    const database = await this.#worker.database(app.database.binding);
    const evolved = await evolve(database, goalOf(project, compiled, allowDestructive));
    if (!showEvolved(evolved, this.#io)) return false;
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
