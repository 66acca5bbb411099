import { expect, test } from "vitest";
import { correction, didYouMean } from "../../compiler/diagnostics/didYouMean.ts";
import { toJson } from "../../compiler/diagnostics/json.ts";
import { ordered } from "../../compiler/diagnostics/order.ts";
import { diagnostic } from "../../compiler/diagnostics/report.ts";
import { nearest } from "../../compiler/diagnostics/suggest.ts";
import { SourceFile } from "../../compiler/source/sourceFile.ts";

const source = new SourceFile("appflare.yaml", 'a: 1\r\n"b😀": 2\nb: 3\n');
const span = (start: number, end: number, of = source) => ({ source: of, start, end });

test("as JSON: lines and columns from 1, in UTF-16 units, ends exclusive; what is not there has no key", () => {
  const related = [{ message: "Here.", span: span(0, 1) }];
  const fix = { title: "replace it", edits: [{ span: span(6, 11), text: "c" }] };
  expect(toJson(diagnostic("yaml/key", span(6, 11), ["it is none"], { related, fix }))).toEqual({
    code: "yaml/key",
    severity: "error",
    message: "A key must be plain text, but it is none.",
    ...{ file: "appflare.yaml", line: 2, column: 1, endLine: 2, endColumn: 6 },
    related: [{ message: "Here.", file: "appflare.yaml", line: 1, column: 1, endLine: 1, endColumn: 2 }],
    fix: {
      title: "replace it",
      edits: [{ file: "appflare.yaml", line: 2, column: 1, endLine: 2, endColumn: 6, text: "c" }],
    },
  });
  expect(Object.keys(toJson(diagnostic("yaml/empty", span(0, 0), [])))).not.toContain("fix");
});

test("by file and place, one per place and code", () => {
  const other = new SourceFile("Billing.yaml", "a: 1");
  const said = [
    diagnostic("yaml/empty", span(13, 14), []),
    diagnostic("yaml/tab", span(0, 1), []),
    diagnostic("yaml/empty", span(0, 1), []),
    diagnostic("yaml/tab", span(0, 1), []),
    diagnostic("yaml/tab", span(2, 3, other), []),
  ];
  expect(ordered(said).map(({ code, span: at }) => `${at.source.path}:${at.start} ${code}`)).toEqual([
    "Billing.yaml:2 yaml/tab",
    "appflare.yaml:0 yaml/empty",
    "appflare.yaml:0 yaml/tab",
    "appflare.yaml:13 yaml/empty",
  ]);
});

test.each([
  ["asignee", ["id", "assignee", "assigneeId"], "assignee"],
  ["due_at", ["dueAt", "dueOn"], "dueAt"],
  ["TITLE", ["title", "titles"], "title"],
  ["gt", ["get", "list"], "get"],
  ["lsit", ["list", "limit"], "list"],
  ["done", ["name", "id"], undefined],
  ["x", ["y"], undefined],
  ["title", ["title"], undefined],
  ["anything", [], undefined],
])("%s of %j is %s", (name, candidates, expected) => {
  expect(nearest(name, candidates)).toBe(expected);
  expect(didYouMean(name, candidates)).toBe(expected && `Did you mean "${expected}"?`);
});

test("a correction keeps the quotes that stand there", () => {
  expect(correction(span(6, 11), "bcdx", ["bcd"]).fix?.edits[0]?.text).toBe('"bcd"');
  expect(correction(span(15, 16), "bc", ["abc"]).fix?.title).toBe("replace b with abc");
  expect(correction(span(13, 14), "b", [])).toEqual({});
});
