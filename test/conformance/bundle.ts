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

interface WranglerConfig {
  readonly minify?: boolean;
  readonly alias?: { readonly [module: string]: string };
}

/** What the generated configuration of wrangler says of a bundle, so that what is tested is what is deployed. */
export function configured(entry: string) {
  const folder = join(dirname(entry), "..");
  const config = join(folder, "wrangler.jsonc");
  if (!existsSync(config)) return {};
  const { minify = false, alias = {} }: WranglerConfig = JSON.parse(
    readFileSync(config, "utf8").replace(/^\/\/.*$/gm, ""),
  );
  return { minify, alias: Object.fromEntries(Object.entries(alias).map(([name, path]) => [name, join(folder, path)])) };
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
    ...configured(entry),
    write: false,
    plugins: [fromSource],
    logLevel: "error",
  });
  return outputFiles[0]!.text;
}
