import type { Condition } from "../ir/condition.ts";
import { namesCaller } from "../ir/heldBy.ts";
import type { Body, Operation, StepBody } from "../ir/operation.ts";
import type { Table } from "../ir/table.ts";
import type { Place } from "../manifest/place.ts";
import type { Rule } from "./rule.ts";

/**
 * An operation for whoever is signed in reaches rows of a table that has neither rules nor a tenant, and asks nothing of who calls: one
 * user may see or change what is another's. Roles are asked for on purpose, so nothing is said of operations that want one.
 */
export const unfilteredAccess: Rule = ({ operations }, report) => {
  for (const operation of operations.values()) {
    if (operation.auth !== "user" || operation.asSystem !== undefined) continue;
    for (const { verb, table, where, place } of reachesOf(operation)) {
      if (table.rules || table.tenant || (where && namesCaller(where))) continue;
      report("operation/unfiltered", place.at(verb), [operation.name, table.name], {
        severity: "warning",
        hint: hintFor(table, verb),
      });
    }
  }
};

/** Rows that an operation reads, changes or removes. */
interface Reach {
  readonly verb: string;
  readonly table: Table;
  readonly where: Condition | undefined;
  readonly place: Place;
}

function reachesOf({ body, place }: Operation): readonly Reach[] {
  if (body.kind !== "steps") return reachOf(body, place);
  return body.steps.flatMap((step) => reachOf(step.body, step.place));
}

function reachOf(body: Body | StepBody, place: Place): readonly Reach[] {
  switch (body.kind) {
    case "get":
    case "list":
    case "page":
      return [{ verb: body.kind, table: body.selection.table, where: body.where, place }];
    case "aggregate":
    case "update":
    case "delete":
      return [{ verb: body.kind, table: body.table, where: body.where, place }];
    default:
      return [];
  }
}

/** What to write, by the first column that leads to a user. */
function hintFor({ name, relations }: Table, verb: string): string {
  const owner = [...relations.values()].find((relation) => relation.kind === "one" && relation.to.name === "users");
  const [column] = owner?.kind === "one" ? owner.columns : [];
  const own = column && `{ ${column.name}: $user.id }`;
  const rules = (rule: string) =>
    `\`rules: { read: ${rule}${verb === "update" || verb === "delete" ? `, ${verb}: ${rule}` : ""} }\``;
  return own
    ? `Say whose rows they are, \`where: ${own}\`, or give "${name}" rules: ${rules(`{ own: ${own} }`)}.`
    : `Give "${name}" rules; where everybody may: ${rules("{ everybody: {} }")}.`;
}
