import type { OperationPlan } from "../../runtime/server/plan.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { App } from "../ir/app.ts";
import type { Operation } from "../ir/operation.ts";
import { type Report, reportInto } from "../ir/report.ts";
import type { Place } from "../manifest/place.ts";
import { heightOf } from "./height.ts";
import { longest, type PlannedStatement, statementsOf } from "./statements.ts";

/** What D1 takes of one statement (https://developers.cloudflare.com/d1/platform/limits/); the height is workerd's own. */
const MOST_VALUES = 100;
const MOST_BYTES = 100_000;
const MOST_HEIGHT = 100;

/** Says which operations D1 would refuse when they are called, because a statement of theirs is too much for it. */
export function checkLimits(app: App, plans: ReadonlyMap<string, OperationPlan>): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const report = reportInto(found);
  for (const operation of app.operations.values()) {
    for (const statement of statementsOf(plans.get(operation.name)!)) checkStatement(statement, operation, report);
  }
  return found;
}

function checkStatement({ sql, step }: PlannedStatement, operation: Operation, report: Report): undefined {
  const { text, values } = longest(sql);
  const place = placeOf(operation, step);
  if (values > MOST_VALUES) return report("operation/too-many-values", place, [values, MOST_VALUES], { at: "key" });
  const bytes = text.length > MOST_BYTES / 4 ? new TextEncoder().encode(text).length : text.length;
  if (bytes > MOST_BYTES) return report("operation/too-long", place, [Math.ceil(bytes / 1000)], { at: "key" });
  if (mayBeHigh(text) && heightOf(text) > MOST_HEIGHT) return report("operation/too-deep", place, [], { at: "key" });
}

function placeOf({ body, place }: Operation, name = ""): Place {
  const step =
    body.kind === "steps" && body.steps.find((each) => name === each.name || name.startsWith(`${each.name}.`));
  return step ? step.place : place.at(body.kind);
}

/** Conditions alone cannot be so high: a manifest is nested 64 deep at most. Many sub-selects can, and long formulas. */
function mayBeHigh(text: string): boolean {
  return text.split("SELECT").length > 5 || (text.match(/[-+*/%|]/g)?.length ?? 0) > 60;
}
