import { expect, test } from "vitest";
import { load } from "../../compiler/manifest/include.ts";
import { inShort } from "./source.ts";

function loadAll(files: { readonly [path: string]: string }, entry = Object.keys(files)[0]!) {
  const read = (path: string) => (path in files ? new TextEncoder().encode(files[path]) : undefined);
  const { documents, files: asked, diagnostics } = load(entry, read);
  return {
    paths: documents.map(({ source }) => source.path),
    asked,
    said: diagnostics.map((one) => `${one.span.source.path} ${inShort(one)}`),
  };
}

test("files are relative to the one that includes them, and come depth first", () => {
  const { paths, said } = loadAll({
    "app/appflare.yaml": "include: [./parts/a.yaml, ../shared.yml, parts/c.json]",
    "app/parts/a.yaml": "include: [b.yaml]",
    "app/parts/b.yaml": "tables: {}",
    "shared.yml": "tables: {}",
    "app/parts/c.json": '{ "tables": {} }',
  });
  expect(paths).toEqual([
    "app/appflare.yaml",
    "app/parts/a.yaml",
    "app/parts/b.yaml",
    "shared.yml",
    "app/parts/c.json",
  ]);
  expect(said).toEqual([]);
});

test("a file that two others include is read once", () => {
  const { paths, said } = loadAll({
    "a.yaml": "include: [b.yaml, c.yaml]",
    "b.yaml": "include: [c.yaml]",
    "c.yaml": "x: 1",
  });
  expect(paths).toEqual(["a.yaml", "b.yaml", "c.yaml"]);
  expect(said).toEqual([]);
});

test("a ring is told where it closes, whatever the way to the first file is written", () => {
  const { said } = loadAll({ "a.yaml": "include: [b.yaml]", "b.yaml": "include: [./x/../a.yaml]" }, "./a.yaml");
  expect(said).toEqual(["b.yaml include/ring 1:11"]);
});

test("every list has all its mistakes told, and what is no list is left to the check of shapes", () => {
  const { said } = loadAll({
    "a.yaml": "include:\n  - b.yaml\n  - ./b.yaml\n  - none.yaml\n  - a.txt\n  - /b.yaml\n  - 5\n",
    "b.yaml": "include: c.yaml",
  });
  expect(said).toEqual([
    "a.yaml include/twice 3:5",
    "a.yaml include/missing 4:5",
    "a.yaml include/kind 5:5",
    "a.yaml include/absolute 6:5",
  ]);
});

test("mistakes of an included file are told in that file", () => {
  expect(loadAll({ "a.yaml": "include: [b.yaml]", "b.yaml": "" }).said).toEqual(["b.yaml yaml/empty 1:1"]);
});

test("files that are not there are among those that were asked for", () => {
  expect(loadAll({ "a.yaml": "include: [b.yaml]" }).asked).toEqual(["a.yaml", "b.yaml"]);
  expect(loadAll({}, "a.yaml").said).toEqual(["a.yaml file/missing 1:1"]);
});
