import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { exports } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as {
  exports: { [entry: string]: string | { default: string } };
};

/** Reads `appflare/…` from the sources, so that no build is needed; the package's own exports say where they are. */
const fromSource: Plugin = {
  name: "appflare from source",
  setup({ onResolve }) {
    onResolve({ filter: /^appflare\// }, ({ path }) => {
      const entry = exports[path.replace("appflare", ".")];
      if (typeof entry !== "object") return { errors: [{ text: `package.json does not export ${path}` }] };
      return { path: `${root}${entry.default.replace("./dist/", "").replace(/\.js$/, ".ts")}` };
    });
  },
};

/** What the generated configuration of wrangler puts in the place of other modules, as wrangler does. */
function aliasesOf(entry: string): { [module: string]: string } {
  const folder = join(dirname(entry), "..");
  const config = join(folder, "wrangler.jsonc");
  if (!existsSync(config)) return {};
  const { alias = {} } = JSON.parse(readFileSync(config, "utf8").replace(/^\/\/.*$/gm, "")) as {
    alias?: { [module: string]: string };
  };
  return Object.fromEntries(Object.entries(alias).map(([name, path]) => [name, join(folder, path)]));
}

/** A module and what it imports as one ES module, for workerd or for Node. */
export async function bundle(entry: string, platform: "browser" | "node" = "browser"): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    platform,
    // workerd has these
    external: platform === "browser" ? ["node:*", "cloudflare:*"] : [],
    conditions: platform === "browser" ? ["workerd", "worker", "browser"] : [],
    target: "es2022",
    alias: aliasesOf(entry),
    write: false,
    plugins: [fromSource],
    logLevel: "error",
  });
  return outputFiles[0]!.text;
}
