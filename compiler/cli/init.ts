import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { check } from "../compile.ts";
import { printSchema, schemaPath } from "../emit/schema/schema.ts";
import { type Call, CommandError, type ExitCode } from "./command.ts";
import type { Io } from "./io.ts";
import { packageFolder } from "./package.ts";

interface NewFile {
  readonly path: string;
  readonly contents: string;
}

/** `appflare init`: writes what is not there yet. */
export async function run({ positionals, values }: Call, io: Io): Promise<ExitCode> {
  const folder = resolve(io.cwd, positionals[0] ?? ".");
  if (existsSync(join(folder, "appflare.yaml"))) {
    throw new CommandError(`there is an appflare.yaml in ${shown(io, folder)} already; nothing was written.`);
  }
  const packageJson = join(folder, "package.json");
  const existing = existsSync(packageJson) ? await readPackage(packageJson) : undefined;
  const files = await projectFiles(folder, values.template ?? "minimal");
  for (const file of files) io.out(`${await writeNew(folder, file)} ${file.path}\n`);
  io.out(`${await completePackage(packageJson, existing)} package.json\n`);
  const enter = folder === io.cwd ? "" : `cd ${shown(io, folder)} && `;
  io.out(`\nNext: ${enter}npm install && npx appflare dev\n`);
  return 0;
}

function shown(io: Io, folder: string): string {
  return relative(io.cwd, folder) || "this folder";
}

async function projectFiles(folder: string, template: string): Promise<NewFile[]> {
  const spec = join(packageFolder(), "specs", template);
  const templates = join(packageFolder(), "compiler/cli/templates");
  const sources = [
    [join(spec, "appflare.yaml"), "appflare.yaml"],
    [join(spec, "seed.yaml"), "seed.yaml"],
    [join(templates, template, "README.md"), "README.md"],
    [join(templates, "tsconfig.json"), "tsconfig.json"],
    [join(templates, "gitignore"), ".gitignore"],
  ] as const;
  const present = sources.filter(([source]) => existsSync(source));
  const files = await Promise.all(
    present.map(async ([source, path]) => {
      const text = await readFile(source, "utf8");
      return { path, contents: path === "appflare.yaml" ? adoptManifest(text, projectName(folder)) : text };
    }),
  );
  return [...files, schemaFile(files)];
}

/** The schema that the manifest's first line names: an editor has it before anything is compiled. */
function schemaFile(files: readonly NewFile[]): NewFile {
  const manifest = files.find(({ path }) => path === "appflare.yaml")!;
  const { app } = check(manifest.path, () => new TextEncoder().encode(manifest.contents));
  return { path: `generated/${schemaPath}`, contents: printSchema(app!) };
}

/** The manifest of a spec, with the schema that is generated for it and the project's own name. */
function adoptManifest(text: string, name: string): string {
  return text
    .replace(/^(# yaml-language-server: \$schema=).*$/m, `$1./generated/${schemaPath}`)
    .replace(/^name: .*$/m, `name: ${name}`);
}

/** The folder's name as npm and wrangler take one. */
function projectName(folder: string): string {
  const words =
    basename(folder)
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const name = words.join("-").slice(0, 50);
  return /^[a-z]/.test(name) ? name : `app${name && `-${name}`}`;
}

async function writeNew(folder: string, { path, contents }: NewFile): Promise<string> {
  const target = join(folder, path);
  if (existsSync(target)) return "kept   ";
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, contents, { flag: "wx" });
  return "created";
}

type PackageJson = { readonly [key: string]: unknown };

/** Makes package.json, or adds what the one that is there lacks: no value in it is changed. */
async function completePackage(path: string, existing: PackageJson | undefined): Promise<string> {
  const own = JSON.parse(await readFile(join(packageFolder(), "package.json"), "utf8")) as PackageJson;
  const complete = added(wantedPackage(projectName(dirname(path)), own), existing ?? {});
  if (JSON.stringify(existing) === JSON.stringify(complete)) return "kept   ";
  await writeFile(path, `${JSON.stringify(complete, null, 2)}\n`);
  return existing ? "completed" : "created";
}

async function readPackage(path: string): Promise<PackageJson> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as PackageJson;
  } catch {
    throw new CommandError("the package.json that is there cannot be read as JSON.");
  }
}

/** `node` is there because wrangler wants Node 22: npm scripts and npx then find it, whatever the machine has. */
function wantedPackage(name: string, own: PackageJson): PackageJson {
  const { node, typescript } = own.devDependencies as { readonly [name: string]: string };
  return {
    name,
    private: true,
    type: "module",
    scripts: {
      dev: "appflare dev",
      compile: "appflare compile",
      check: "appflare compile --check && tsc",
      deploy: "appflare deploy",
    },
    dependencies: { appflare: own.version },
    devDependencies: { node, typescript },
    allowScripts: own.allowScripts,
  };
}

/** Both, deeply; what is there wins. */
function added(wanted: PackageJson, existing: PackageJson): PackageJson {
  const merged: Record<string, unknown> = { ...existing };
  for (const [key, value] of Object.entries(wanted)) {
    if (!(key in existing)) merged[key] = value;
    else if (isMap(value) && isMap(existing[key])) merged[key] = added(value, existing[key]);
  }
  return merged;
}

function isMap(value: unknown): value is PackageJson {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
