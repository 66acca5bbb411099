import type { Condition, Operand } from "../ir/condition.ts";

/**
 * A condition as it is for callers who send no argument but these: what hangs on another one that may be absent is absent. So a filter that
 * comes or goes with its argument leaves the same condition on both sides, and only the argument tells of it.
 *
 * @returns undefined where nothing is left
 */
export function forCallersOf(
  args: ReadonlyMap<string, unknown>,
  condition: Condition | undefined,
): Condition | undefined {
  if (!condition) return undefined;
  switch (condition.kind) {
    case "all":
    case "any": {
      const of = condition.of.flatMap((part) => forCallersOf(args, part) ?? []);
      if (of.length === condition.of.length) return condition;
      return of.length > 1 ? { ...condition, of } : of[0];
    }
    case "not": {
      const of = forCallersOf(args, condition.of);
      return of && { ...condition, of };
    }
    case "related": {
      if (!condition.of) return condition;
      const of = forCallersOf(args, condition.of);
      return of && { ...condition, of };
    }
    case "element": {
      if (isAbsent(condition.list, args)) return undefined;
      const of = forCallersOf(args, condition.of);
      return of && { ...condition, of };
    }
    default:
      return operandsOf(condition).some((operand) => isAbsent(operand, args)) ? undefined : condition;
  }
}

type Leaf = Exclude<Condition, { kind: "all" | "any" | "not" | "related" | "element" }>;

function operandsOf(condition: Leaf): readonly Operand[] {
  if (condition.kind === "isNull") return [condition.of, condition.is];
  if (condition.kind === "near") return [condition.latitude, condition.longitude, condition.within];
  if (condition.kind === "may") return [];
  if (condition.kind === "search") return [condition.text];
  return [condition.left, "list" in condition ? condition.list : condition.right];
}

function isAbsent(operand: Operand, args: ReadonlyMap<string, unknown>): boolean {
  if (operand.kind === "property") return isAbsent(operand.below, args);
  if (operand.kind === "length") return isAbsent(operand.list, args);
  return operand.kind === "argument" && operand.optional && !args.has(operand.path[0]!);
}
