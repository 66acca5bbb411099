import type { BatchOperation } from "../../runtime/server/plan.ts";
import type { Body, Operation, Step } from "../ir/operation.ts";
import { isSingle } from "../ir/step.ts";
import type { PlanContext, SqlBody } from "./body.ts";
import type { PlanOf } from "./read.ts";
import { hexOf } from "./shape.ts";
import { stepStatements } from "./stepStatements.ts";
import { declaredCodes, declaredErrors } from "./steps.ts";

type Write = Extract<Body, { kind: "insert" | "update" | "upsert" | "delete" }>;
type BatchPlan = PlanOf<BatchOperation> & { readonly kind: "mutation" };

/** Whether one statement does not do: it is done for each of a list, or writes rows or links beside its own row. */
export function takesBatch(body: SqlBody): body is Write {
  return ("each" in body && body.each !== undefined) || "nested" in body || "links" in body;
}

/** A write of several statements: a step that has no name, since there is no other. What it answers is its row, or its rows. */
export function planAlone(
  body: Write,
  { place, errors, else: otherwise }: Pick<Operation, "place" | "errors" | "else">,
  { tables, ...style }: PlanContext,
): BatchPlan {
  const { each, returns } = body;
  const step: Step = { name: "", body, ...(each && { each }), else: new Map(), place };
  const batch = { ids: each?.kind === "argument" ? "*." : "", step: noOther };
  return {
    kind: "mutation",
    result: "batch",
    steps: stepStatements(step, returns, tables, { ...style, batch }),
    ...(otherwise && { errors: declaredErrors(errors), refusals: { "": declaredCodes(otherwise) } }),
    answer: { step: "", result: isSingle(step) ? "row" : "rows", ...hexOf(returns) },
  };
}

const noOther = (): never => {
  throw new Error("There is no other step");
};
