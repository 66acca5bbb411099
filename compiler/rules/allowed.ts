import { type Holds, permittedBy, rowsReadableBy } from "../ir/heldBy.ts";
import type { Operation } from "../ir/operation.ts";
import { subjectsOf, type Touched } from "../ir/touched.ts";
import type { Rule } from "./rule.ts";

/** An operation that rules never allow to those who may call it: its table grants the verb to nobody, or to others. */
export const allowed: Rule = ({ operations }, report) => {
  for (const operation of operations.values())
    for (const { table, verb } of subjectsOf(operation)) {
      const { place, name } = operation;
      if (table.tenant && operation.auth === "public" && operation.asSystem === undefined)
        report("tenant/public", place, [name, table.name], { at: "key" });
      else if (allowedTo(operation, { table, verb }) === "never") {
        const isGranted = table.rules![verb].grants.length > 0;
        report("rule/never-allowed", place, [name, table.name, verb, isGranted], {
          at: "key",
          severity: "warning",
          hint: isGranted ? undefined : 'Add one, or say "as: system", and why by "because".',
        });
        break;
      }
    }
};

function allowedTo(operation: Operation, { table, verb }: Pick<Touched, "table" | "verb">): Holds {
  if (verb === "read") return rowsReadableBy(table, operation);
  return table.rules ? permittedBy(table.rules[verb], operation) : "always";
}
