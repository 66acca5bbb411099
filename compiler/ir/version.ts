import type { Condition } from "./condition.ts";

/**
 * A condition without the version that it names: what tells whether the row is there, with whatever version.
 *
 * @returns undefined where it names none, so that a row that does not meet it is just not found
 */
export function withoutVersion(condition: Condition): Condition | undefined {
  if (namesVersion(condition)) return { kind: "all", of: [] };
  if (condition.kind !== "all") return undefined;
  const parts = condition.of.map(withoutVersion);
  if (parts.every((part) => part === undefined)) return undefined;
  return { kind: "all", of: condition.of.map((part, index) => parts[index] ?? part) };
}

function namesVersion(condition: Condition): boolean {
  return (
    condition.kind === "compare" &&
    condition.op === "eq" &&
    condition.left.kind === "column" &&
    condition.left.column.version === true
  );
}
