import { describe, expect, test } from "vitest";
import { toRefusal } from "../../runtime/server/constraints.ts";
import type { Constraints } from "../../runtime/server/plan.ts";

const constraints: Constraints = {
  tables: {
    tasks: { name: "tasks", columns: { title: "title", project_id: "projectId", "a, b": "odd" } },
    "we.ird": { name: "weird", columns: { x: "x" } },
  },
  uniqueIndexes: { low: { table: "tasks", columns: ["title"] }, "it's": { table: "tasks", columns: ["projectId"] } },
  checks: {
    tasks_points: { table: "tasks", check: "points" },
    "tasks.points.maximum": { table: "tasks", check: "points.maximum" },
    "tasks.points.type": { table: "tasks", check: "points.type" },
  },
};

const rules: Constraints["rules"] = {
  "tasks.create": { grants: [{ name: "owner", message: "Only the owner." }, { name: "staff" }] },
  "tasks.update": { grants: [{ name: "owner", message: "Only the owner." }], denials: [{ name: "locked" }] },
};

const told = (message: string) => {
  const refusal = toRefusal(new Error(message), constraints);
  return refusal && { status: refusal.status, code: refusal.code, ...refusal.extras };
};
const suffix = ": SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_X)";

describe("what D1 says, in the manifest's words", () => {
  test.each([
    ["UNIQUE constraint failed: tasks.title", { table: "tasks", columns: ["title"] }],
    ["UNIQUE constraint failed: tasks.title, tasks.project_id", { table: "tasks", columns: ["title", "projectId"] }],
    ["UNIQUE constraint failed: we.ird.x", { table: "weird", columns: ["x"] }],
    ["UNIQUE constraint failed: index 'low'", { table: "tasks", columns: ["title"] }],
    ["UNIQUE constraint failed: index 'it''s'", { table: "tasks", columns: ["projectId"] }],
  ])("%s", (message, details) => {
    const refusal = { status: 409, code: "unique_violation", details };
    expect(told(`D1_ERROR: ${message}${suffix}`)).toEqual(refusal);
    expect(told(message)).toEqual(refusal);
  });

  test.each([
    ["CHECK constraint failed: tasks_points", { table: "tasks", check: "points" }],
    ["NOT NULL constraint failed: tasks.project_id", { table: "tasks", check: "projectId" }],
  ])("%s", (message, details) => {
    expect(told(`D1_ERROR: ${message}${suffix}`)).toEqual({ status: 400, code: "check_violation", details });
  });

  test.each([
    ["CHECK constraint failed: tasks_points", "tasks: the check points does not hold."],
    ["CHECK constraint failed: tasks.points.maximum", "tasks.points: the value breaks its maximum."],
    ["CHECK constraint failed: tasks.points.type", "tasks.points: the value does not fit its type."],
    ["NOT NULL constraint failed: tasks.project_id", "tasks.projectId must have a value."],
  ])("%s is said in words", (message, words) => {
    expect(toRefusal(new Error(`D1_ERROR: ${message}${suffix}`), constraints)?.message).toBe(words);
  });

  test.each([
    [
      "forbidden!tasks.create",
      "You may not do that.",
      { rule: "tasks.create", details: { rules: [{ name: "owner", message: "Only the owner." }, { name: "staff" }] } },
    ],
    [
      "forbidden!tasks.update:step",
      "Only the owner.",
      { rule: "tasks.update", details: { rules: [{ name: "owner", message: "Only the owner." }] } },
    ],
    [
      "forbidden!tasks.update!locked:step:3",
      "You may not do that.",
      { rule: "tasks.update", details: { rules: [{ name: "locked" }] } },
    ],
    ["forbidden!tasks.delete", "You may not do that.", { rule: "tasks.delete", details: { rules: [] } }],
    ["column!tasks.salary", "You may not do that.", { rule: "tasks.salary" }],
  ])("a guard of rules: %s", (word, message, extras) => {
    const refusal = toRefusal(new Error(`D1_ERROR: _af:${word}${suffix}`), { ...constraints, rules });
    expect(refusal).toMatchObject({ status: 403, code: "forbidden", message, extras });
    expect(refusal?.extras).toEqual(extras);
  });

  test.each([
    ["unique!tasks!title,projectId", "UNIQUE constraint failed: tasks.title, tasks.project_id"],
    ["foreign!tasks!projectId:step", undefined],
  ])("a guard that refuses as the database does: %s", (word, native) => {
    const key = { table: "tasks", columns: word.includes(",") ? ["title", "projectId"] : ["projectId"] };
    const code = word.startsWith("unique") ? "unique_violation" : "foreign_key_violation";
    expect(told(`D1_ERROR: _af:${word}${suffix}`)).toEqual({ status: 409, code, details: key });
    if (native) expect(told(`D1_ERROR: _af:${word}${suffix}`)).toEqual(told(native));
  });

  test("guards and foreign keys", () => {
    expect(told(`D1_ERROR: _af:conflict${suffix}`)).toEqual({ status: 409, code: "conflict" });
    expect(told(`D1_ERROR: _af:not_found${suffix}`)).toEqual({ status: 404, code: "not_found" });
    expect(told(`D1_ERROR: FOREIGN KEY constraint failed${suffix}`)).toEqual({
      status: 409,
      code: "foreign_key_violation",
    });
  });

  test.each([
    "D1_ERROR: no such table: tasks: SQLITE_ERROR",
    `D1_ERROR: UNIQUE constraint failed: secrets.x${suffix}`,
    `D1_ERROR: UNIQUE constraint failed: index 'constructor'${suffix}`,
    `D1_ERROR: CHECK constraint failed: toString${suffix}`,
    `D1_ERROR: NOT NULL constraint failed: tasks.nope${suffix}`,
    `D1_ERROR: _af:secret${suffix}`,
  ])("%s is nobody's business", (message) => {
    expect(told(message)).toBeUndefined();
  });
});
