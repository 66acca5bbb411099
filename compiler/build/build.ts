import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build as bundle } from "esbuild";
import { validatorPlugin } from "./validator.ts";

const root = join(import.meta.dirname, "../..");
const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { dependencies: object };
const main = "dist/compiler/cli/main.js";

/**
 * Writes `dist/`: what Workers import, file by file; and the command line in few files, which makes it start fast. What it imports of
 * packages that are not installed with it is in those files too.
 */
export async function build(): Promise<void> {
  const typescript = dirname(createRequire(import.meta.url).resolve("typescript/package.json"));
  execFileSync(process.execPath, [join(typescript, "bin/tsc"), "-p", "tsconfig.build.json"], {
    cwd: root,
    stdio: "inherit",
  });
  await bundle({
    absWorkingDir: root,
    entryPoints: ["compiler/cli/main.ts"],
    outdir: dirname(main),
    bundle: true,
    splitting: true,
    external: Object.keys(dependencies),
    platform: "node",
    format: "esm",
    target: "node20",
    plugins: [validatorPlugin],
  });
  chmodSync(join(root, main), 0o755);
}
