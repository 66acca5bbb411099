import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/* What ARCHITECTURE.md says of imports, held by reading them. */

interface Import {
  readonly from: string;
  /** a file of the repository, or the name of a package */
  readonly to: string;
  readonly typeOnly: boolean;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const files = globSync("{compiler,runtime}/**/*.ts", { cwd: root })
  .filter((file) => !file.startsWith("compiler/cli/templates/"))
  .sort();
const statement = /^(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\b(?:import|require)\("([^"]+)"\)/gm;

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  return [...text.matchAll(statement)].map(([, type, written, dynamic]) => {
    const path = (written ?? dynamic)!;
    return { from: file, to: path.startsWith(".") ? join(dirname(file), path) : path, typeOnly: type !== undefined };
  });
}

const imports = files.flatMap(importsOf);
const inside = imports.filter(({ to }) => files.includes(to));

/** Rooms of the compiler, from the ground up: each may look down only. */
const floors = [
  "source",
  "diagnostics",
  "manifest",
  "ir",
  "example",
  "rules",
  "plan",
  "advice",
  "limits",
  "migrate",
  "sql",
  "diff",
  "explain",
  "docs",
  "emit",
  "write",
  "compile.ts",
  "cli",
  "build",
];

function floor(file: string): number {
  return floors.indexOf(file.split("/")[1]!);
}

function show(found: readonly Import[]): string[] {
  return found.map(({ from, to }) => `${from} imports ${to}`);
}

/** All that a file imports, directly or not; types are gone at run time. */
function reachable(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { from, to, typeOnly } of inside) if (from === file && !typeOnly) reachable(to, seen);
  return seen;
}

/** Tables have conditions and conditions speak of tables: the two types of the linked model that need one another. */
const mutual = ["compiler/ir/condition.ts", "compiler/ir/table.ts"];

/** A ring of imports, types included; undefined when there is none. */
function findRing(): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const { from, to } of inside) {
      if (from === mutual[0] && to === mutual[1]) continue;
      const ring = from === file ? visit(to, [...path, file]) : undefined;
      if (ring) return ring;
    }
    done.add(file);
    return undefined;
  };
  for (const file of files) {
    const ring = visit(file, []);
    if (ring) return ring;
  }
  return undefined;
}

describe("imports", () => {
  test("every file is of a known room", () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => file.startsWith("compiler/") && floor(file) < 0)).toEqual([]);
  });

  test("point down", () => {
    const up = inside.filter(
      ({ from, to }) => from.startsWith("compiler/") && to.startsWith("compiler/") && floor(to) > floor(from),
    );
    // what a scalar of a document is, both say
    expect(new Set(up.map(({ to }) => to))).toEqual(new Set(["compiler/ir/type.ts"]));
    expect(up.filter(({ from }) => !/^compiler\/manifest\/\w*[mM]anifest\.ts$/.test(from))).toEqual([]);
  });

  test("make no ring", () => {
    expect(findRing()).toBeUndefined();
  });

  test("lead to files that exist", () => {
    expect(show(imports.filter(({ to }) => /^(compiler|runtime)\//.test(to) && !files.includes(to)))).toEqual([]);
  });

  test("of emitters never meet", () => {
    const folder = (file: string) => /^compiler\/emit\/([^/]+)\//.exec(file)?.[1];
    const crossing = inside.filter(({ from, to }) => {
      const [importer, imported] = [folder(from), folder(to)];
      return importer !== undefined && imported !== undefined && imported !== "ts" && importer !== imported;
    });
    expect(show(crossing)).toEqual([]);
  });

  test("of the runtime stay in it, and the compiler takes its types only", () => {
    const shared = ["runtime/server/plan.ts", "runtime/server/planner.ts", "runtime/wire/shape.ts"];
    const crossing = inside.filter(({ from, to, typeOnly }) =>
      from.startsWith("runtime/")
        ? to.startsWith("compiler/")
        : to.startsWith("runtime/") && !(typeOnly && shared.includes(to)),
    );
    expect(show(crossing)).toEqual([]);
  });

  test("of heavy libraries come from one place each", () => {
    const importers: { readonly [library: string]: RegExp } = {
      yaml: /^compiler\/manifest\/yaml\.ts$/,
      ajv: /^compiler\/manifest\/valid(ate|ator)\.ts$/,
      "ajv-formats": /^compiler\/manifest\/validator\.ts$/,
      "ts-poet": /^compiler\/emit\/ts\//,
      "json-schema-to-zod": /^compiler\/emit\/zod\//,
      zod: /^runtime\/validators\//,
      "drizzle-orm": /^runtime\/drizzle\//,
      "better-auth": /^runtime\/auth\//,
      hono: /^runtime\/server\//,
      wrangler: /^compiler\/cli\//,
    };
    const astray = imports.filter(({ from, to }) => {
      const library = Object.keys(importers).find((name) => to === name || to.startsWith(`${name}/`));
      return library !== undefined && !importers[library]!.test(from);
    });
    expect(show(astray)).toEqual([]);
    for (const library of ["yaml", "ajv", "ts-poet", "json-schema-to-zod"]) {
      const values = imports.filter(
        ({ to, typeOnly }) => !typeOnly && (to === library || to.startsWith(`${library}/`)),
      );
      expect(new Set(values.map(({ from }) => from)).size, library).toBe(1);
    }
  });

  test("of what runs inside a Worker need no Node", () => {
    const runtime = files.filter((file) => file.startsWith("runtime/"));
    const inWorker = new Set(["compiler/plan/planner.ts", ...runtime].flatMap((file) => [...reachable(file)]));
    expect(inWorker).toContain("compiler/plan/planner.ts");
    const node = imports.filter(({ from, to }) => inWorker.has(from) && to.startsWith("node:"));
    // a Worker with sign-in has Node's functions by a flag: passwords are hashed by them
    expect(new Set(node.map(({ to }) => to))).toEqual(new Set(["node:async_hooks", "node:crypto"]));
    expect(show(node.filter(({ from }) => !from.startsWith("runtime/auth/")))).toEqual([]);
  });

  test("of sign-in come from nowhere else: it is loaded by itself", () => {
    const isIn = (file: string) => file.startsWith("runtime/auth/");
    expect(show(inside.filter(({ from, to }) => isIn(to) && !isIn(from)))).toEqual([]);
  });

  test("name files with their ending", () => {
    expect(show(imports.filter(({ to }) => /^(compiler|runtime)\//.test(to) && !to.endsWith(".ts")))).toEqual([]);
  });
});

describe("files", () => {
  test("are short", () => {
    const long = files.map((file) => ({ file, lines: readFileSync(join(root, file), "utf8").split("\n").length }));
    expect(long.filter(({ lines }) => lines > 300)).toEqual([]);
  });

  test("have names that say something", () => {
    const vague = /([uU]til|[hH]elper|[mM]anager)(s|ies)?(\/|\.ts$)|\/(common|misc)\.ts$/;
    expect(files.filter((file) => vague.test(file))).toEqual([]);
  });
});
