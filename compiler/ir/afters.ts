import type { AfterManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import type { OperationArguments } from "./arguments.ts";
import type { Operand } from "./condition.ts";
import { afterScope, type BodyContext } from "./context.ts";
import { argumentOperand } from "./operands.ts";
import type { After, Argument, Operation } from "./operation.ts";
import type { Report } from "./report.ts";

/** The mutations that may run after another, by name, and what they take; undefined where one is wrong, which was said. */
export type Followers = ReadonlyMap<string, OperationArguments | undefined>;

/** `after`: another mutation, and its arguments. Says what it does not take, and what it lacks. */
export function lowerAfter(
  { run, args: written = {} }: AfterManifest,
  followers: Followers,
  place: Place,
  context: BodyContext,
): After | undefined {
  const { report } = context;
  if (!followers.has(run)) {
    return report("reference/unknown-mutation", place.at("run"), [run], { suggest: [run, followers.keys()] });
  }
  const taken = followers.get(run);
  if (!taken) return;
  const args = new Map<string, Operand>();
  for (const [name, value] of Object.entries(written)) {
    const at = place.at("args").at(name);
    const argument = taken.declared.get(name);
    const known = [...taken.declared.keys()];
    if (!taken.declared.has(name))
      report("reference/unknown-argument", at, [name], { at: "key", suggest: [name, known] });
    const operand = argument && lowerArgument(value, argument, at, context);
    if (operand) args.set(name, operand);
  }
  const missing = [...taken.declared.values()].filter(
    (argument) => argument && !argument.optional && !Object.hasOwn(written, argument.name),
  );
  if (missing.length > 0) report("after/missing-argument", place.at("run"), [run, missing.map((each) => each!.name)]);
  return { run, args, place };
}

function lowerArgument(value: unknown, argument: Argument, place: Place, context: BodyContext): Operand | undefined {
  const operand = argumentOperand(value, argument, place, afterScope(context), context);
  if (!operand || operand.kind === "constant") return operand;
  if (operand.kind === "argument" && operand.optional && !argument.optional)
    return context.report("after/may-be-absent", place, [String(value).replace("?", ""), argument.name, "absent"]);
  if (operand.of.nullable && !argument.nullable)
    return context.report("after/may-be-absent", place, [String(value), argument.name, "null"]);
  return operand;
}

/** Mutations that run after one another must come to an end. Says where they do not. */
export function checkAfterRings(operations: ReadonlyMap<string, Operation>, report: Report): void {
  for (const operation of operations.values()) {
    const trail = [operation.name];
    let next = operation.after?.run;
    while (next !== undefined && !trail.includes(next)) {
      trail.push(next);
      next = operations.get(next)?.after?.run;
    }
    if (next === operation.name) report("after/ring", operation.after!.place.at("run"), [[...trail, next]]);
  }
}
