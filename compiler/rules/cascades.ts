import { checkCascades } from "../ir/cascades.ts";
import type { Operation } from "../ir/operation.ts";
import type { BodyOf } from "../ir/options.ts";
import { foreignKeysByTarget } from "../ir/relationKinds.ts";
import type { Place } from "../manifest/place.ts";
import type { Rule } from "./rule.ts";

/** Removals say of which tables, that have rules of their own, rows go with theirs. */
export const cascades: Rule = ({ operations, tables }, report) => {
  const keys = foreignKeysByTarget(tables.values());
  for (const operation of operations.values())
    for (const { body, place } of deletesOf(operation)) checkCascades(body, place, keys, operation, report);
};

function deletesOf({ body, place }: Operation): readonly { readonly body: BodyOf<"delete">; readonly place: Place }[] {
  if (body.kind === "delete") return [{ body, place }];
  if (body.kind !== "steps") return [];
  return body.steps.flatMap((step) => (step.body.kind === "delete" ? [{ body: step.body, place: step.place }] : []));
}
