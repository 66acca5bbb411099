import type { App } from "../ir/app.ts";
import { heldBy, type Person } from "../ir/heldBy.ts";
import type { Rule as TableRule, VerbRules } from "../ir/table.ts";
import type { Rule } from "./rule.ts";

/** A rule whose condition holds for nobody, whatever the row: it was meant to say something. */
export const grants: Rule = ({ tables, auth }, report) => {
  const people = everybody(auth);
  for (const { rules } of tables.values())
    for (const { grants, denials } of Object.values(rules ?? {}) as VerbRules[]) {
      for (const rule of grants) if (holdsForNobody(rule, people)) report("rule/never", rule.place, [rule.name], told);
      for (const rule of denials)
        if (holdsForNobody(rule, people)) report("rule/never-denies", rule.place, [rule.name], told);
    }
};

const told = { at: "key", severity: "warning" } as const;

const everybody = (auth: App["auth"]): readonly Person[] => [
  "nobody",
  ...(auth ? auth.roles.map((role) => ({ role })) : []),
];

function holdsForNobody({ when, then, columns }: TableRule, people: readonly Person[]): boolean {
  if (columns?.length === 0) return true;
  return [when, then].some((condition) => condition && people.every((person) => heldBy(condition, person) === false));
}
