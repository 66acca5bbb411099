import { expect, test } from "vitest";
import { Place } from "../../compiler/manifest/place.ts";
import { document, textOf } from "./source.ts";

const text = `# a board
tables:
  tasks:
    columns: &ids
      id: uuid   # the key
      "title": { type: string, maxLength: 80 }
    indexes: [[id], {columns: [title]}]
    note:
  notes: { columns: *ids }
`;

test.each([
  [["tables"], "key", "tables"],
  [["tables", "tasks", "columns", "id"], "key", "id"],
  [["tables", "tasks", "columns", "id"], "value", "uuid"],
  [["tables", "tasks", "columns", "title"], "key", '"title"'],
  [["tables", "tasks", "columns", "title", "maxLength"], "value", "80"],
  [["tables", "tasks", "indexes", 1, "columns", 0], "value", "title"],
  [["tables", "tasks", "indexes", 1], "key", "{columns: [title]}"],
  // through an alias to what it stands for; the alias itself is a value too
  [["tables", "notes", "columns", "id"], "value", "uuid"],
  [["tables", "notes", "columns"], "value", "*ids"],
  // nothing stands there: its key does
  [["tables", "tasks", "note"], "value", "note"],
  // what does not exist is at the nearest that does
  [["tables", "tasks", "rules", "read"], "value", "tasks"],
  [["tables", "tasks", "columns", "id", "type"], "key", "id"],
  [["queries"], "key", "#"],
  [[], "key", "#"],
] as const)("%j %s is %s", (path, target, expected) => {
  expect(textOf(document(text).locate(path, target))).toBe(expected);
});

test("a place is found by its keys", () => {
  const place = Place.root(document(text)).at("tables").at("tasks").at("indexes").at(0);
  expect(place.path).toEqual(["tables", "tasks", "indexes", 0]);
  expect(textOf(place.span)).toBe("[id]");
});

test("many places in one long map are found without walking it again", () => {
  const keys = Array.from({ length: 20_000 }, (_, index) => `k${index}`);
  const { locate } = bound(document(keys.map((key) => `${key}: ${key}`).join("\n")));
  const start = performance.now();
  for (const key of keys) expect(locate([key], "value").end).toBeGreaterThan(0);
  expect(performance.now() - start).toBeLessThan(2000);
});

function bound(of: ReturnType<typeof document>): Pick<typeof of, "locate"> {
  return { locate: (path, target) => of.locate(path, target) };
}
