import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { ordered } from "../diagnostics/order.ts";
import type { App } from "../ir/app.ts";
import { reportInto } from "../ir/report.ts";
import { allowed } from "./allowed.ts";
import { answerSizes } from "./answerSizes.ts";
import { cascades } from "./cascades.ts";
import { followers } from "./followers.ts";
import { grants } from "./grants.ts";
import { handlerModules } from "./handlerModules.ts";
import { nestedOperations } from "./nestedOperations.ts";
import { newRows } from "./newRows.ts";
import { repeatedIndexes } from "./repeatedIndexes.ts";
import type { Rule } from "./rule.ts";
import { sqlNames } from "./sqlNames.ts";
import { tableWidths } from "./tableWidths.ts";
import { typeNames } from "./typeNames.ts";
import { unfilteredAccess } from "./unfilteredAccess.ts";
import { unusedConditions } from "./unusedConditions.ts";

const rules: readonly Rule[] = [
  sqlNames,
  typeNames,
  nestedOperations,
  unusedConditions,
  unfilteredAccess,
  grants,
  allowed,
  newRows,
  cascades,
  followers,
  repeatedIndexes,
  tableWidths,
  answerSizes,
];

/**
 * Checks what an App may still get wrong: all rules, in the order of places.
 *
 * @param exists whether there is a file at a path relative to the manifest's folder
 */
export function check(app: App, exists: (path: string) => boolean): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const report = reportInto(found);
  for (const rule of rules) rule(app, report);
  handlerModules(app, exists, report);
  return ordered(found);
}
