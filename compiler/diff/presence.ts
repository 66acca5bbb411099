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
    default:
      return operandsOf(condition).some((operand) => isAbsent(operand, args)) ? undefined : condition;
  }
}

type Leaf = Exclude<Condition, { kind: "all" | "any" | "not" | "related" }>;

function operandsOf(condition: Leaf): readonly Operand[] {
  if (condition.kind === "isNull") return [condition.of, condition.is];
  return [condition.left, condition.kind === "in" ? condition.list : condition.right];
}

const isAbsent = (operand: Operand, args: ReadonlyMap<string, unknown>): boolean =>
  operand.kind === "argument" && operand.optional && !args.has(operand.path[0]!);
