import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import type { App } from "../../ir/app.ts";
import type { Project } from "../project.ts";
import { quietEnvironment } from "../wrangler.ts";

/** Opens the local database of a project for a while; it is made where there is none. The project's wrangler.jsonc has to be there. */
export async function withLocalDatabase<T>(
  project: Project,
  app: App,
  state: string,
  use: (database: D1Database) => Promise<T>,
): Promise<T> {
  Object.assign(process.env, quietEnvironment);
  const { getPlatformProxy } = await import("wrangler");
  const platform = await getPlatformProxy<{ readonly [binding: string]: D1Database }>({
    configPath: join(project.folder, "wrangler.jsonc"),
    persist: { path: join(state, "v3") },
    remoteBindings: false,
  });
  try {
    return await use(platform.env[app.database.binding]!);
  } finally {
    await platform.dispose();
  }
}
