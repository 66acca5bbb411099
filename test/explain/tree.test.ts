import { expect, test } from "vitest";
import { readPlan } from "../../compiler/explain/tree.ts";

const names = { rows: ["t0", "t1", "t10", "odd USING INDEX x"], indexes: ["a", "a (b=?)"] };

function read(detail: string) {
  return readPlan([{ id: 1, parent: 0, detail }], names)[0];
}

test.each([
  ["SCAN t1", { kind: "scan", of: "t1", terms: [] }],
  ["SCAN t10", { kind: "scan", of: "t10" }],
  ["SCAN t0 USING COVERING INDEX a", { kind: "scan", of: "t0", index: "a", covering: true }],
  ["SEARCH t0 USING INTEGER PRIMARY KEY (rowid=?)", { kind: "search", terms: [{ column: "rowid", compared: "=" }] }],
  [
    "SEARCH t0 EXISTS USING INDEX a (x=? AND y>?)",
    { of: "t0", index: "a", terms: [{ column: "x" }, { compared: ">" }] },
  ],
  ["SEARCH t0 USING INDEX a ((x,y)<(?,?))", { terms: [{ column: "x", compared: "<" }, { column: "y" }] }],
  ["SEARCH t0 USING AUTOMATIC COVERING INDEX (x=?)", { automatic: true, terms: [{ column: "x" }] }],
  [
    "SEARCH odd USING INDEX x USING INDEX a (b=?) (c=?)",
    { of: "odd USING INDEX x", index: "a (b=?)", terms: [{ column: "c" }] },
  ],
  ["SCAN json_each VIRTUAL TABLE INDEX 1:", { kind: "items" }],
  ["USE TEMP B-TREE FOR ORDER BY", { kind: "sort", what: "ORDER BY" }],
  ["USE TEMP B-TREE FOR LAST TERM OF ORDER BY", { kind: "sort", last: 1 }],
  ["USE TEMP B-TREE FOR LAST 2 TERMS OF ORDER BY", { kind: "sort", last: 2 }],
  ["USE TEMP B-TREE FOR DISTINCT", { kind: "sort", what: "DISTINCT" }],
  ["CORRELATED SCALAR SUBQUERY 3", { kind: "subquery", correlated: true, list: false }],
  ["LIST SUBQUERY 2", { kind: "subquery", correlated: false, list: true }],
  ["CO-ROUTINE t0", { kind: "rows", name: "t0" }],
  ["MATERIALIZE t0", { kind: "rows", name: "t0" }],
  ["MULTI-INDEX OR", { kind: "or" }],
  ["INDEX 2", { kind: "part" }],
  ["CREATE BLOOM FILTER", { kind: "other" }],
  ["SOMETHING NEW", { kind: "other", detail: "SOMETHING NEW" }],
])("%s", (detail, step) => {
  expect(read(detail)).toMatchObject(step);
});

test("steps stand inside one another by their parents", () => {
  const rows = [
    { id: 3, parent: 0, detail: "SCAN t0" },
    { id: 9, parent: 0, detail: "CORRELATED SCALAR SUBQUERY 1" },
    { id: 12, parent: 9, detail: "SCAN t1" },
  ];
  expect(readPlan(rows, names)).toMatchObject([{ of: "t0", steps: [] }, { steps: [{ of: "t1" }] }]);
});
