import type { Body, Operation, Step } from "../ir/operation.ts";
import { type Change, change, inNew, inOld } from "./change.ts";
import type { Comparison } from "./comparison.ts";
import { conditionText, type Naming, operandText } from "./conditionText.ts";
import { dataChanges } from "./dataBodies.ts";
import { eachText, type TableNaming } from "./eachText.ts";
import { keyed, pair } from "./pairs.ts";

type StepsBody = Extract<Body, { kind: "steps" }>;

/** What an operation does step by step; a step that both have is compared as an operation of its own. */
export function stepsChanges(before: StepsBody, after: StepsBody, of: Comparison): readonly Change[] {
  const { name } = of.after;
  const byName = ({ steps }: StepsBody) => keyed(steps, (step) => step.name);
  const { removed, added, kept } = pair(byName(before), byName(after));
  const subject = (step: Step): string => `${name}.${step.name}`;
  return [
    ...removed.map((step) => change("step/removed", subject(step), inOld(step), [name, step.name])),
    ...added.map((step) => change("step/added", subject(step), inNew(step), [name, step.name])),
    ...kept.flatMap(([old, now]) => stepChanges(old, now, of)),
    ...orderChange(
      kept.map(([old]) => old.name).sort((a, b) => indexOf(before, a) - indexOf(before, b)),
      kept.map(([, now]) => now.name).sort((a, b) => indexOf(after, a) - indexOf(after, b)),
      of.after,
    ),
  ];
}

const indexOf = ({ steps }: StepsBody, name: string): number => steps.findIndex((step) => step.name === name);

function orderChange(before: readonly string[], after: readonly string[], operation: Operation): Change[] {
  const [old, now] = [before.join(", "), after.join(", ")];
  return old === now ? [] : [change("step/order", operation.name, inNew(operation), [operation.name, old, now])];
}

function stepChanges(before: Step, after: Step, of: Comparison): readonly Change[] {
  const { nameOf } = of.matching;
  const old = stepText(before, nameOf);
  const now = stepText(after, ({ name }) => name);
  const subject = `${of.after.name}.${after.name}`;
  const own = old === now ? [] : [change("step/does", subject, inNew(after), [of.after.name, after.name, old, now])];
  if (before.body.kind === "check" || after.body.kind === "check" || before.body.kind !== after.body.kind) return own;
  const asOperation = (operation: Operation, { place, body }: Step): Operation => {
    return { ...operation, name: subject, body: body as Body, place };
  };
  const comparison = {
    ...of,
    before: asOperation(of.before, before),
    after: asOperation(of.after, after),
  };
  return [...own, ...dataChanges(before.body, after.body, comparison)];
}

/** What a step does, for what, and what it refuses with; a check with its condition. What a write writes is compared on its own. */
function stepText(step: Step, name: TableNaming): string {
  const { each } = step;
  const what = each ? `${doesText(step, name)} for each ${eachText(each, name)}` : doesText(step, name);
  const errors = elseText(step.else);
  return errors === undefined ? what : `${what}, and refuses with ${errors}`;
}

function doesText({ body }: Step, name: TableNaming): string {
  if (body.kind !== "check") return `is a step "${body.kind}"`;
  const which = body.where ? ` (${conditionText(body.where, name)})` : "";
  return `checks that there is ${body.is === "some" ? "a" : "no"} row of ${name(body.table)}${which}`;
}

/** Declared errors with the codes that they stand for: `out_of_stock (not_found)`. */
function elseText(otherwise: Step["else"] | undefined): string | undefined {
  const errors = Array.from(otherwise ?? [], ([builtIn, { code }]) => `${code} (${builtIn})`);
  return errors.length === 0 ? undefined : errors.join(", ");
}

/** What a single write is refused with by its author's words. */
export function elseChange({ before, after }: Comparison): readonly Change[] {
  const [old, now] = [elseText(before.else), elseText(after.else)];
  return old === now ? [] : [change("operation/else", after.name, inNew(after), [after.name, old, now])];
}

/** What runs when the operation is committed. */
export function afterChange({ before, after, matching }: Comparison): readonly Change[] {
  const old = afterText(before, matching.nameOf);
  const now = afterText(after, ({ name }) => name);
  return old === now
    ? []
    : [change("operation/after", after.name, inNew(after.after ?? after), [after.name, old, now])];
}

function afterText({ after }: Operation, name: Naming): string | undefined {
  if (!after) return undefined;
  const args = Array.from(after.args, ([argument, operand]) => `${argument}: ${operandText(operand, name)}`);
  return args.length === 0 ? after.run : `${after.run} (${args.join(", ")})`;
}
