import type { BatchStep, OperationPlan, Sql } from "../../runtime/server/plan.ts";

/** A statement of a plan, and the step that it belongs to. */
export interface PlannedStatement {
  readonly sql: Sql;
  readonly step?: string | undefined;
}

/** Every statement that a plan may run; none for a handler. */
export function statementsOf(plan: OperationPlan): readonly PlannedStatement[] {
  switch (plan.result) {
    case "handler":
      return [];
    case "batch":
      return plan.steps.flatMap(ofStep);
    case "page":
      return [plan.sql, plan.backward].flatMap((sql) => (sql === undefined ? [] : [{ sql }]));
    case "statement":
      return [{ sql: plan.write }];
    default:
      if ("sql" in plan) return [{ sql: plan.sql }];
      return [...(plan.before ?? []), plan.rows, plan.write, plan.guard, plan.stale].flatMap((sql) =>
        sql === undefined ? [] : [{ sql }],
      );
  }
}

/** An INSERT as it is sent for one item. */
function ofStep(step: BatchStep): readonly PlannedStatement[] {
  if ("of" in step) return step.of.flatMap(ofStep);
  if ("sql" in step) return [step];
  return [{ sql: [step.into, " VALUES ", step.values, step.returning ?? ""], step: step.step }];
}

/** A statement in its longest form, each parameter as `?`, and how many of these there are. */
export function longest(sql: Sql): { readonly text: string; readonly values: number } {
  const texts: string[] = [];
  let values = 0;
  const print = (part: Sql): void => {
    if (typeof part === "string") texts.push(part);
    else if (isSequence(part)) for (const each of part) print(each);
    else if ("when" in part) print(part.then);
    else if ("join" in part) {
      texts.push("(");
      for (const [index, each] of part.of.entries()) {
        if (index > 0) texts.push(part.join);
        print(each);
      }
      texts.push(")");
    } else if ("around" in part) for (const each of [part.before, part.around, part.after]) print(each);
    else {
      texts.push("?");
      values++;
    }
  };
  print(sql);
  return { text: texts.join(""), values };
}

function isSequence(sql: Sql): sql is readonly Sql[] {
  return Array.isArray(sql);
}
