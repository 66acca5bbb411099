import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Brings `dist/` up to date: generated code of the projects in these tests imports it as `appflare/server`. */
export default function build(): void {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  execFileSync("npx", ["tsc", "-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
}
