import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import { applyWrites } from "../../write/apply.ts";
import type { Io } from "../io.ts";
import { LocalWorker } from "../localWorker.ts";
import { evolve } from "../migration/evolve.ts";
import { goalOf, showProblem } from "../migration/evolveLocally.ts";
import type { Project, Result } from "../project.ts";
import { localVariables } from "../signInVariables.ts";
import { quietEnvironment } from "../wrangler.ts";
import { generatedConfig } from "../wranglerConfig.ts";

/** The Worker of a project on a database of its own. */
export interface TestWorker {
  readonly url: string;
  readonly database: D1Database;
}

/**
 * Serves a compiled project while it is used, on an empty database that is gone afterwards.
 *
 * @returns undefined where it could not be served, and then it was said why
 */
export async function withTestWorker<T>(
  project: Project,
  compiled: Result,
  io: Io,
  use: (worker: TestWorker) => Promise<T>,
): Promise<T | undefined> {
  Object.assign(process.env, quietEnvironment);
  applyWrites(compiled.plan!, project.out);
  const state = mkdtempSync(join(tmpdir(), "appflare-test-"));
  const port = await freePort();
  const worker = new LocalWorker({
    config: generatedConfig(project),
    port,
    persistTo: state,
    log: (text) => io.err(text),
  });
  try {
    const loaded = await worker.load(localVariables(compiled.app!, project, state).variables);
    if ("problem" in loaded) {
      io.err(loaded.problem);
      return undefined;
    }
    const database = await worker.database(compiled.app!.database.binding);
    if (!showProblem(await evolve(database, goalOf(project, compiled, false)), io)) return undefined;
    return await use({ url: `http://127.0.0.1:${port}`, database });
  } finally {
    await worker.stop();
    rmSync(state, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { readonly port: number };
      server.close(() => resolve(port));
    });
  });
}
