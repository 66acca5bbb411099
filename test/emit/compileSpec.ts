import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { compile } from "../../compiler/compile.ts";
import type { GeneratedFile } from "../../compiler/emit/emitter.ts";

const root = join(import.meta.dirname, "../..");

/** The files that a manifest makes; throws what is wrong with it. `text` is YAML, or a path below the checkout. */
export function generate(entry: string, read = readFile): readonly GeneratedFile[] {
  const { generated, diagnostics } = compile(entry, read, {
    existing: () => undefined,
    migrations: [],
    fromManifest: "generated",
    toManifest: "..",
  });
  if (!generated) throw new Error(diagnostics.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  return generated;
}

function readFile(path: string): Uint8Array | undefined {
  return existsSync(join(root, path)) ? readFileSync(join(root, path)) : undefined;
}

/** The files of a manifest that is given as text. */
export function generateFrom(manifest: string): readonly GeneratedFile[] {
  return generate("appflare.yaml", (path) =>
    path === "appflare.yaml" ? new TextEncoder().encode(manifest) : undefined,
  );
}

/** The contents of one generated file of a manifest. */
export function printed(manifest: string, path: string): string {
  const file = generateFrom(manifest).find((candidate) => candidate.path === path);
  if (!file) throw new Error(`No ${path} was generated`);
  return file.contents;
}

/** A folder inside the checkout, so that packages are found from it. */
export function workFolder(name: string): { readonly path: string; remove(): void } {
  const path = join(import.meta.dirname, ".specs", name);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Writes generated files below a project's folder, and its handlers beside them. */
export function writeProject(folder: string, files: readonly GeneratedFile[], spec?: string): void {
  for (const { path, contents } of files) {
    const target = join(folder, "generated", path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, contents);
  }
  const handlers = join(root, "specs", spec ?? "", "handlers");
  if (spec && existsSync(handlers)) cpSync(handlers, join(folder, "handlers"), { recursive: true });
}

/** A configuration as strict as a user's may be; `appflare/…` is read from the sources. */
export function writeTsconfig(folder: string): void {
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    exports: { [entry: string]: string | { default: string } };
  };
  const paths = Object.entries(exports).flatMap(([entry, target]) => {
    if (typeof target === "string") return [];
    const source = target.default.replace("./dist/", "").replace(/\.js$/, ".ts");
    return [[entry.replace(".", "appflare"), [join(relative(folder, root), source)]] as const];
  });
  const compilerOptions = {
    target: "ES2022",
    module: "NodeNext",
    lib: ["ES2024", "DOM", "DOM.Iterable"],
    types: ["node"],
    noEmit: true,
    strict: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    paths: Object.fromEntries(paths),
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["**/*.ts"] }));
}
