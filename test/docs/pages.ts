import { readFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "../../compiler/compile.ts";
import type { App } from "../../compiler/ir/app.ts";

const specs = join(import.meta.dirname, "../../specs");

/** A manifest as text, or a path below `specs/`. */
export function appOf(manifest: string): App {
  const isPath = manifest.endsWith(".yaml");
  const { app, diagnostics } = check(isPath ? manifest : "appflare.yaml", (path) =>
    isPath ? readFileSync(join(specs, path)) : new TextEncoder().encode(manifest),
  );
  if (!app) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return app;
}

/** A manifest of so many tables, each related to up to three before it, mostly to the first ones, as in real ones. */
export function manyTables(count: number): string {
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  const tables = Array.from({ length: count }, (_, index) => {
    const columns = Array.from({ length: 1 + random(9) }, (_, column) => `field${column}: string?`).join(", ");
    const to = new Set(Array.from({ length: index === 0 ? 0 : random(4) }, () => random(1 + random(index))));
    const relations = [...to].map((target) => `to${target}: { one: table${target}, onDelete: cascade }`).join(", ");
    return `  table${index}: { columns: { id: uuid, ${columns} }, relations: { ${relations} } }`;
  });
  return `appflare: 1\nname: many\ndefaults: { auth: public }\ntables:\n${tables.join("\n")}\n`;
}

/** A manifest whose names are as long as names may be. */
export function longNames(): string {
  const long = (start: string): string => start.padEnd(64, "Long");
  return `appflare: 1
name: ${"n".repeat(48)}
defaults: { auth: public }
enums: { ${long("E")}: [${long("m")}, ${"m".repeat(64)}] }
tables:
  ${long("table")}:
    description: ${"d".repeat(300)}
    columns:
      ${long("id").slice(0, 40)}: { type: string, sqlName: k }
      ${long("enum")}: ${long("E")}
      ${long("object")}: { type: object, properties: { ${long("p")}: string, ${long("q")}: string } }
    primaryKey: [${long("id").slice(0, 40)}]
    relations: { ${long("parent").slice(0, 60)}: { one: ${long("table")}, optional: true } }
    checks: { ${"c".repeat(40)}: "${long("enum")} <> '${"x".repeat(200)}'" }
queries:
  ${long("a")}/${long("b")}:
    args: { ${long("arg")}: ${long("E")} }
    list: ${long("table")}
    where: { ${long("enum")}: $args.${long("arg")} }
`;
}
