import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { splitStatements } from "../../../compiler/cli/localDatabase.ts";

const root = join(import.meta.dirname, "../../..");

/** A folder inside the checkout, so that generated code finds `appflare/server` as a user's would. */
const work = join(root, "test/bench/.work");

/** Compiles a manifest with the built command line. Returns the folder of the generated files. */
export function compiled(name: string, manifest: string): string {
  const folder = join(work, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "appflare.yaml"), manifest);
  return compiledIn(folder);
}

/** Compiles a spec where it stands. Returns the folder of the generated files. */
export function compiledSpec(name: string): string {
  return compiledIn(join(root, "specs", name));
}

function compiledIn(folder: string): string {
  execFileSync(process.execPath, [join(root, "dist/compiler/cli/main.js"), "compile"], {
    cwd: folder,
    stdio: "ignore",
  });
  return join(folder, "generated");
}

/** The statements of the generated migrations, one by one. */
export async function migrationsOf(generated: string): Promise<string[]> {
  const folder = join(generated, "migrations");
  const names = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  const texts = names.sort().map((name) => readFileSync(join(folder, name), "utf8"));
  return (await Promise.all(texts.map(splitStatements))).flat();
}
