import type { Condition } from "./condition.ts";
import { everyPart } from "./conditionParts.ts";
import type { Lowering } from "./draft.ts";
import type { Rule, RuleVerb, Table } from "./table.ts";

/**
 * Says which rules ask one another in a ring by `may`: nobody could answer. Each ring is told once, where it is closed.
 *
 * @returns whether there is none
 */
export function checkRuleRings({ tables, report }: Pick<Lowering, "tables" | "report">): boolean {
  const done = new Set<string>();
  const trail: string[] = [];
  let found = false;
  const follow = (table: Table, verb: RuleVerb): void => {
    const own = `${table.name}.${verb}`;
    if (done.has(own)) return;
    trail.push(own);
    for (const { rule, asked } of asking(table, verb)) {
      const name = `${asked.table.name}.${asked.verb}`;
      const start = trail.indexOf(name);
      if (start === -1) follow(asked.table, asked.verb);
      else {
        found = true;
        report("may/ring", rule.place, [[...trail.slice(start), name]], { at: "key" });
      }
    }
    trail.pop();
    done.add(own);
  };
  for (const table of tables.values())
    if (table.rules) for (const verb of Object.keys(table.rules) as RuleVerb[]) follow(table, verb);
  return !found;
}

type May = Extract<Condition, { kind: "may" }>;

/** What the rules of a verb ask of the rules of other tables, and which of them asks. */
function asking({ rules }: Table, verb: RuleVerb): readonly { readonly rule: Rule; readonly asked: May }[] {
  const { grants, denials } = rules![verb];
  return [...grants, ...denials].flatMap((rule) =>
    [rule.when, rule.then].flatMap((condition) =>
      condition ? everyPart(condition).flatMap((part) => (part.kind === "may" ? [{ rule, asked: part }] : [])) : [],
    ),
  );
}
