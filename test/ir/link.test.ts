import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check } from "../../compiler/compile.ts";
import type { App } from "../../compiler/ir/app.ts";
import { linkTables } from "../../compiler/ir/link.ts";
import { modelOf, tablesModel } from "../../compiler/ir/serialize.ts";

const root = join(import.meta.dirname, "../..");
const specs = globSync("specs/*/appflare.yaml", { cwd: root }).sort();

function specOf(entry: string): App {
  const { app, diagnostics } = check(entry, (path) => readFileSync(join(root, path)));
  if (!app) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return app;
}

describe.each(specs)("%s", (spec) => {
  const app = specOf(spec);
  const model = tablesModel(app);
  const linked = linkTables(JSON.parse(JSON.stringify(model)));

  test("tables linked again from their data say the same", () => {
    expect(tablesModel({ enums: app.enums, tables: linked })).toEqual(model);
    expect([...linked.keys()]).toEqual([...app.tables.keys()]);
    for (const [name, table] of linked)
      expect([...table.relations.keys()]).toEqual([...app.tables.get(name)!.relations.keys()]);
  });

  test("what is linked again is one object", () => {
    for (const table of linked.values()) {
      for (const relation of table.relations.values()) {
        expect(linked.get(relation.to.name)).toBe(relation.to);
        if (relation.kind === "one") expect(table.columns.get(relation.columns[0]!.name)).toBe(relation.columns[0]);
        if (relation.kind === "many") expect(relation.to.relations.get(relation.inverse.name)).toBe(relation.inverse);
        if (relation.kind === "manyToMany")
          expect(relation.junction.relations.get(relation.near.name)).toBe(relation.near);
      }
    }
  });

  test("the model is JSON, and the same each time", () => {
    const text = JSON.stringify(modelOf(app));
    expect(JSON.parse(text)).toEqual(modelOf(app));
    expect(JSON.stringify(modelOf(specOf(spec)))).toBe(text);
  });
});
