import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { check } from "../../compiler/compile.ts";
import type { App } from "../../compiler/ir/app.ts";
import { type PlanContext, planBody } from "../../compiler/plan/body.ts";
import type { Eyes } from "../../compiler/plan/scope.ts";
import { randomCase } from "../oracle/random/case.ts";
import { appOf } from "./manifest.ts";

/*
 * No query reads a table past the eyes of its caller. Here these see a mark in the place of every table: what a plan names besides is read
 * past them. As long as nothing is hidden there are no conditions of rules, which do see everything.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const RUNS = Number(process.env.RUNS ?? 200);

const specs = globSync("specs/*/appflare.yaml", { cwd: root }).flatMap((file) => {
  const folder = join(root, dirname(file));
  const { app } = check("appflare.yaml", (path) =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path)) : undefined,
  );
  return app ? [[dirname(file), app] as const] : [];
});

/** What the plans of all queries name by an alias, with these eyes. */
function named(app: App, eyes: Eyes): readonly string[] {
  return [...app.operations.values()].flatMap(({ kind, name, body }) => {
    if (kind !== "query" || body.kind === "sql" || body.kind === "handler" || body.kind === "steps") return [];
    const context: PlanContext = { tables: app.tables, constants: "inline", eyes };
    return aliased(planBody(body, context)).map((found) => `${name}: ${found}`);
  });
}

function aliased(plan: unknown): readonly string[] {
  if (typeof plan === "string") return [...plan.matchAll(/"[^"]+" AS t\d+\b/g)].map(([found]) => found);
  return typeof plan === "object" && plan !== null ? Object.values(plan).flatMap(aliased) : [];
}

const marking: Eyes = { auth: "user", see: () => "SELECT 'seen'" };

describe("no query reads past the eyes of its caller", () => {
  test.each(specs)("%s", (_, app) => {
    const reads = [...app.operations.values()].some(({ kind, body }) => kind === "query" && "selection" in body);
    if (reads) expect(named(app, { auth: "user" })).not.toEqual([]);
    expect(named(app, marking)).toEqual([]);
  });

  test(`${RUNS} manifests`, { timeout: 60_000 }, () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      // JSON is YAML
      const sections = Object.entries(randomCase(seed).manifest).map(
        ([key, value]) => `${key}: ${JSON.stringify(value)}`,
      );
      expect(named(appOf(sections.join("\n")), marking)).toEqual([]);
    }
  });
});
