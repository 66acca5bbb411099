import { checkCascades, checkLinkCascades } from "../ir/cascades.ts";
import type { Body, Operation, StepBody } from "../ir/operation.ts";
import { foreignKeysByTarget } from "../ir/relationKinds.ts";
import type { Place } from "../manifest/place.ts";
import type { Rule } from "./rule.ts";

/** Removals say of which tables, that have rules of their own, rows go with theirs. */
export const cascades: Rule = ({ operations, tables }, report) => {
  const keys = foreignKeysByTarget(tables.values());
  for (const operation of operations.values())
    for (const { body, place } of bodiesOf(operation)) {
      if (body.kind === "delete") checkCascades(body, place, keys, operation, report);
      if (body.kind === "update") checkLinkCascades(body, place, keys, operation, report);
    }
};

/** What an operation does, or each of its steps. */
function bodiesOf({ body, place }: Operation): readonly { readonly body: Body | StepBody; readonly place: Place }[] {
  return body.kind === "steps" ? body.steps : [{ body, place }];
}
