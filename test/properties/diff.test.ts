import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { check } from "../../compiler/compile.ts";
import type { ChangeCode } from "../../compiler/diff/catalogue.ts";
import type { Change } from "../../compiler/diff/change.ts";
import { changes } from "../../compiler/diff/changes.ts";
import type { App } from "../../compiler/ir/app.ts";
import { type Data, modelOf } from "../../compiler/ir/serialize.ts";
import { specFolder } from "../conformance/scenario.ts";
import { base, changesOf } from "../diff/compare.ts";
import { type Edit, edits } from "../diff/edits.ts";

const specs = ["minimal", "taskboard", "library", "places", "kitchen-sink", "hostile-names", "workspace"];
type Read = (path: string) => Uint8Array | undefined;
type Node = { [key: string]: unknown } | unknown[];

function appOf(read: Read): App | undefined {
  return check("appflare.yaml", read).app;
}

const titles = (found: readonly Change[]): string[] => found.map(({ code, subject }) => `${code}:${subject}`);

/** Kinds that are one another's way back; every other is its own. */
const waysBack: readonly (readonly ChangeCode[])[] = [
  ["operation/added", "operation/removed"],
  ["operation/looser", "operation/tighter", "operation/where"],
  ["operation/fewer-rows", "operation/more-rows"],
  ["page/max-size-lowered", "page/max-size-raised"],
  ["argument/added", "argument/added-required", "argument/removed"],
  ["argument/required", "argument/optional"],
  ["argument/narrowed", "argument/widened"],
  ["result/added", "result/removed"],
  ["result/field-added", "result/field-removed"],
  ["result/narrowed", "result/widened", "result/constraint"],
  ["error/added", "error/removed"],
  ["table/added", "table/removed"],
  ["column/added", "column/added-required", "column/removed", "column/computed-removed"],
  ["column/computed", "column/now-computed"],
  ["column/type", "column/narrowed", "column/unchecked", "column/widened"],
  ["column/required", "column/nullable"],
  ["enum/added", "enum/removed"],
  ["enum/member-added", "enum/member-dropped", "enum/member-refused", "enum/member-removed"],
  ["unique/added", "unique/removed"],
  ["index/added", "index/removed"],
  ["check/added", "check/removed"],
  ["relation/added", "relation/removed"],
  ["relation/enforced", "relation/released"],
  ["condition/added", "condition/removed"],
  ["cors/opened", "cors/closed"],
  ["rules/added", "rules/removed"],
  ["rule/added", "rule/removed"],
  ["rule/looser", "rule/tighter", "rule/changed"],
  ["rule/columns-added", "rule/columns-removed"],
  ["denial/added", "denial/removed"],
  ["denial/wider", "denial/changed"],
  ["guard/added", "guard/removed"],
  ["guard/looser", "guard/tighter"],
  ["tenant/added", "tenant/removed"],
  ["worker/body-limit-raised", "worker/body-limit-lowered"],
];

/** What changed, whichever way. */
function bothWays(found: readonly Change[]): readonly string[] {
  const of = (code: ChangeCode): string => waysBack.find((codes) => codes.includes(code))?.[0] ?? code;
  return [...new Set(found.map(({ code, subject }) => `${of(code)}:${subject}`))].sort();
}

/** All of an App that anybody could notice: no descriptions, no names that only SQL has, no order of names. */
function essence(data: Data, path: readonly string[] = []): unknown {
  if (Array.isArray(data)) return data.map((item) => essence(item, path));
  if (typeof data !== "object" || data === null) return data;
  const silent = (key: string): boolean =>
    (key === "description" && typeof (data as { [key: string]: Data })[key] === "string") ||
    key === "renamedFrom" ||
    key === "backfill" ||
    (key === "sqlName" && (path.at(-1) === "indexes" || path.at(-2) === "checks"));
  return Object.fromEntries(
    Object.entries(data)
      .filter(([key]) => !silent(key))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, value]) => [key, essence(value, [...path, key])]),
  );
}

/** Every map entry and list item of a document. */
function entriesOf(node: unknown): { holder: Node; key: string | number }[] {
  if (typeof node !== "object" || node === null) return [];
  const keys = Array.isArray(node) ? node.map((_, index) => index) : Object.keys(node);
  return keys.flatMap((key) => [
    { holder: node as Node, key },
    ...entriesOf((node as { [key: string | number]: unknown })[key]),
  ]);
}

/** A manifest without one entry of one of its files, if it still is one. */
function without(read: Read, file: string, pick: number): App | undefined {
  const document = parse(Buffer.from(read(file)!).toString()) as Node;
  const entries = entriesOf(document);
  const { holder, key } = entries[pick % entries.length]!;
  if (Array.isArray(holder)) holder.splice(key as number, 1);
  else delete holder[key];
  return appOf((path) => (path === file ? Buffer.from(JSON.stringify(document)) : read(path)));
}

describe.each(specs)("%s", (spec) => {
  const read: Read = (path) => readFileSync(join(specFolder(spec), path));
  const { app, files } = check("appflare.yaml", read);

  test("nothing differs from itself", () => {
    expect(changes(app!, appOf(read)!)).toEqual([]);
  });

  test("what is missing is told: once, both ways, and only then", () => {
    const anywhere = fc.noShrink(fc.integer({ min: 0, max: 10_000 }));
    fc.assert(
      fc.property(fc.constantFrom(...files), anywhere, (file, pick) => {
        const smaller = without(read, file, pick);
        fc.pre(smaller !== undefined);
        const [away, back] = [changes(app!, smaller), changes(smaller, app!)];
        const isEqual = JSON.stringify(essence(modelOf(app!))) === JSON.stringify(essence(modelOf(smaller)));
        expect(away.length === 0).toBe(isEqual);
        expect(new Set(titles(away)).size).toBe(away.length);
        expect(bothWays(away)).toEqual(bothWays(back));
      }),
      { numRuns: 15, maxSkipsPerRun: 100 },
    );
  });
});

describe("edits", () => {
  /** What goes, or gets another name, key, table or kind of result, hides or moves what else would be told of it. */
  const overshadow = [
    "products/archive:",
    "nodes:",
    "list: users",
    "get: reviews",
    "expect: one",
    "each: {",
    "primaryKey:",
    "select: [id",
    "returns:",
  ];
  const independent = Object.values(edits)
    .flat()
    .filter(({ from, to }) => !overshadow.some((passage) => (from + to).includes(passage)));

  test("are each told once among others", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(independent, { minLength: 2, maxLength: 6 }), (chosen) => {
        const apart = chosen.filter((edit, index) => !chosen.slice(0, index).some((other) => overlap(edit, other)));
        const edited = apart.reduce((text, { from, to }) => text.replace(from, () => to), base);
        fc.pre(isRight(edited));
        const together = titles(changesOf(base, edited));
        expect(new Set(together).size).toBe(together.length);
        const alone = apart.flatMap(({ from, to }) =>
          titles(
            changesOf(
              base,
              base.replace(from, () => to),
            ),
          ),
        );
        expect(wholes(together)).toEqual(wholes(alone));
      }),
      { numRuns: 30 },
    );
  });
});

const isRight = (text: string): boolean => appOf(() => Buffer.from(text)) !== undefined;

/** Edits of one `where` are judged as a whole. */
function wholes(found: readonly string[]): readonly string[] {
  return [...new Set(found.map((title) => title.replace(/^operation\/(looser|tighter):/, "operation/where:")))].sort();
}

function overlap(one: Edit, other: Edit): boolean {
  const [start, otherStart] = [base.indexOf(one.from), base.indexOf(other.from)];
  return start < otherStart + other.from.length && otherStart < start + one.from.length;
}
