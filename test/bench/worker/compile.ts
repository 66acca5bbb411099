import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../..");

/** A folder inside the checkout, so that generated code finds `appflare/server` as a user's would. */
const work = join(root, "test/bench/.work");

/** Compiles a manifest with the built command line. Returns the folder of the generated files. */
export function compiled(name: string, manifest: string): string {
  const folder = join(work, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "appflare.yaml"), manifest);
  execFileSync(process.execPath, [join(root, "dist/compiler/cli/main.js"), "compile"], {
    cwd: folder,
    stdio: "ignore",
  });
  return join(folder, "generated");
}

/** Compiles a spec where it stands. Returns the folder of the generated files. */
export function compiledSpec(name: string): string {
  const folder = join(root, "specs", name);
  execFileSync(process.execPath, [join(root, "dist/compiler/cli/main.js"), "compile"], {
    cwd: folder,
    stdio: "ignore",
  });
  return join(folder, "generated");
}

/** The statements of the generated migrations: each ends with `;` at the end of a line, a trigger's with `END;`. */
export function migrationsOf(generated: string): string[] {
  const folder = join(generated, "migrations");
  const names = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  return names.sort().flatMap((name) => statementsOf(readFileSync(join(folder, name), "utf8")));
}

function statementsOf(sql: string): string[] {
  const statements: string[] = [];
  let current = "";
  for (const line of sql.split("\n").filter((text) => !text.startsWith("--"))) {
    current += `${line}\n`;
    const ends = current.trimStart().startsWith("CREATE TRIGGER") ? line.endsWith("END;") : line.endsWith(";");
    if (!ends) continue;
    statements.push(current.trim());
    current = "";
  }
  return statements;
}
