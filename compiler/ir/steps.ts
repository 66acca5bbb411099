import type { OperationManifest, StepManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import { lowerBody } from "./body.ts";
import { lowerCondition } from "./conditions.ts";
import { type BodyContext, writeScope } from "./context.ts";
import type { ErrorUses } from "./declaredErrors.ts";
import type { Lowering } from "./draft.ts";
import { lowerEach } from "./each.ts";
import { lowerElse } from "./elses.ts";
import { lowerExpectation } from "./expectations.ts";
import type { Body, Selection, Step, StepBody } from "./operation.ts";
import { lowerColumnList } from "./selection.ts";
import { tableOf } from "./step.ts";
import { unknownTable } from "./unknown.ts";

type StepsBody = Extract<Body, { kind: "steps" }>;

const verbs = ["insert", "update", "upsert", "delete", "get", "aggregate"] as const;

/** `steps`: each may speak of those before it. Says all that is wrong. */
export function lowerSteps(
  lowering: Lowering,
  manifest: OperationManifest,
  place: Place,
  context: BodyContext,
  errors: ErrorUses,
): StepsBody | undefined {
  const names = Object.keys(manifest.steps!);
  const steps = new Map<string, Step | undefined>();
  for (const [index, name] of names.entries()) {
    const own = { ...context, steps: { earlier: new Map(steps), later: names.slice(index) } };
    steps.set(name, lowerStep(lowering, name, manifest.steps![name]!, place.at("steps").at(name), own, errors));
  }
  const returns = lowerReturns(manifest.returns as ReturnsManifest, steps, place.at("returns"), context);
  const whole = [...steps.values()].filter((step) => step !== undefined);
  return whole.length === steps.size && returns ? { kind: "steps", steps: whole, returns } : undefined;
}

function lowerStep(
  lowering: Lowering,
  name: string,
  manifest: StepManifest,
  place: Place,
  context: BodyContext,
  errors: ErrorUses,
): Step | undefined {
  const each = manifest.each === undefined ? "absent" : lowerEach(lowering, manifest.each, place.at("each"), context);
  if (!each) return;
  const body = lowerStepBody(lowering, manifest, place, each === "absent" ? context : { ...context, item: each.item });
  const told = manifest.check === undefined ? manifest : manifest.check;
  const at = manifest.check === undefined ? place : place.at("check");
  const otherwise = lowerElse(told.else, body, at.at("else"), errors, context);
  return body && { name, body, ...(each !== "absent" && { each: each.each }), else: otherwise, place };
}

function lowerStepBody(
  lowering: Lowering,
  manifest: StepManifest,
  place: Place,
  context: BodyContext,
): StepBody | undefined {
  if (manifest.check !== undefined) return lowerCheck(lowering, manifest.check, place.at("check"), context);
  const verb = verbs.find((verb) => manifest[verb] !== undefined)!;
  const table = lowering.tables.get(manifest[verb]!);
  if (!table) return unknownTable(lowering, manifest[verb]!, place.at(verb));
  const body = lowerBody(verb, table, { ...manifest }, place, context, []);
  if (body?.kind !== "get") return body;
  const expect = lowerExpectation(manifest.expect, place.at("expect"), context);
  return expect && { ...body, ...(expect !== "absent" && { expect }) };
}

function lowerCheck(
  lowering: Lowering,
  { table: name, where: written, is }: NonNullable<StepManifest["check"]>,
  place: Place,
  context: BodyContext,
): StepBody | undefined {
  const table = lowering.tables.get(name);
  if (!table) return unknownTable(lowering, name, place.at("table"));
  if (written === undefined) return { kind: "check", table, is };
  const where = lowerCondition(written, table, place.at("where"), writeScope(context), context);
  return where && { kind: "check", table, is, ...(where !== "absent" && { where }) };
}

type ReturnsManifest = { readonly [step: string]: readonly string[] } | undefined;

/** `returns`: of which steps the rows are answered, and what of them. */
function lowerReturns(
  written: ReturnsManifest,
  steps: ReadonlyMap<string, Step | undefined>,
  place: Place,
  context: BodyContext,
): ReadonlyMap<string, Selection> | undefined {
  const returns = new Map<string, Selection>();
  for (const [name, listed] of Object.entries(written ?? {})) {
    const at = place.at(name);
    const step = steps.get(name);
    if (!steps.has(name))
      return context.report("reference/unknown-step", at, [name], { at: "key", suggest: [name, steps.keys()] });
    if (step?.body.kind === "check") return context.report("reference/no-row", at, [name, "check"], { at: "key" });
    const columns = step && lowerColumnList(listed, tableOf(step), at, context);
    if (!columns) return;
    returns.set(name, { table: tableOf(step), columns, with: [] });
  }
  return returns;
}
