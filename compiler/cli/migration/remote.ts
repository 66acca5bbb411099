import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { App } from "../../ir/app.ts";
import { isEmpty } from "../../migrate/files.ts";
import type { Io } from "../io.ts";
import { migrationNames } from "../localDatabase.ts";
import type { Project } from "../project.ts";
import { wrangler } from "../wrangler.ts";
import { withFilledConfig } from "../wranglerConfig.ts";

/** Has wrangler apply the migrations to a database that is not on this machine, and shows what it says. */
export async function applyRemotely(
  project: Project,
  app: App,
  target: "remote" | "preview",
  io: Io,
): Promise<boolean> {
  const isPreview = target === "preview";
  const { binding, id, previewId } = app.database;
  if (!(isPreview ? previewId : id)) {
    io.err(isPreview ? noPreview : noDatabase(app));
    return false;
  }
  const folder = join(project.out, "migrations");
  const empty = migrationNames(folder).find((name) => isEmpty(readFileSync(join(folder, name), "utf8")));
  if (empty !== undefined) {
    io.err(`Migration ${empty} is empty. Write it, or delete it.\n`);
    return false;
  }
  const use = async (config: string): Promise<boolean> => {
    const words = [
      "d1",
      "migrations",
      "apply",
      binding,
      "--remote",
      ...(isPreview ? ["--preview"] : []),
      "--config",
      config,
    ];
    const { ok, output } = await wrangler(words, project.folder, io.env);
    (ok ? io.out : io.err)(output);
    return ok;
  };
  return withFilledConfig(project, io, use, isPreview ? previewId : undefined);
}

const noPreview = "There is no preview database: the manifest gives its id as database: { previewId: … }\n";

function noDatabase({ name }: App): string {
  return `The database has no id. \`npx wrangler d1 create ${name}\` makes one; its id goes into the manifest: database: { id: … }\n`;
}
