import type { BatchOperation, BatchStatement, BatchStep, Sql } from "../../runtime/server/plan.ts";
import type { Body, Operation, Step } from "../ir/operation.ts";
import { isSingle } from "../ir/step.ts";
import type { Table } from "../ir/table.ts";
import { planAfter } from "./after.ts";
import type { PlanContext } from "./body.ts";
import { Kept } from "./kept.ts";
import type { PlanOf } from "./read.ts";
import { type BatchScope, type Style, unnamed } from "./scope.ts";
import { hexOf } from "./shape.ts";
import { stepStatements } from "./stepStatements.ts";

type StepsBody = Extract<Body, { kind: "steps" }>;
type BatchPlan = PlanOf<BatchOperation> & { readonly kind: "mutation" };

/** The statements of steps as one batch. What a step answers is the row as that step left it. */
export function planSteps(
  body: StepsBody,
  { errors, after }: Pick<Operation, "errors" | "after">,
  { tables, ...style }: PlanContext,
): BatchPlan {
  const planner = new StepPlanner(body, tables, style);
  const planned = body.steps.map((step) => ({ step, statements: planner.statements(step) }));
  const follows = after && planAfter(after, planner.style(undefined));
  // what is kept of a step is known when all that speak of it are planned
  const steps = planned.flatMap(({ step, statements }) => planner.around(step, statements));
  const { removal } = planner.kept;
  const ends: BatchStatement[] = [
    ...(follows?.values === undefined ? [] : [{ sql: follows.values, answers: true } as const]),
    ...(removal === undefined ? [] : [{ sql: removal }]),
  ];
  return {
    kind: "mutation",
    result: "batch",
    steps: [...steps, ...ends],
    ...(body.returns.size > 0 && { answer: answerOf(body) }),
    ...refusalsOf(body, errors),
    ...(follows && { after: follows.plan }),
  };
}

class StepPlanner {
  readonly kept = new Kept();
  readonly #body: StepsBody;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #style: Style;

  constructor(body: StepsBody, tables: ReadonlyMap<string, Table>, style: Style) {
    this.#body = body;
    this.#tables = tables;
    this.#style = style;
  }

  /** How the statements of a step are written, or that of no step. */
  style(step: Step | undefined): Style {
    const { constants, eyes, named } = this.#style;
    const batch = this.#scope(step);
    return { constants, eyes, batch, named: named && ((alias, path, table) => named(alias, path, table, step?.name)) };
  }

  statements(step: Step): readonly BatchStep[] {
    const returns = this.#body.returns.get(step.name);
    return stepStatements(step, returns, this.#tables, this.style(step));
  }

  /** A step's statements with those that keep its row. */
  around(step: Step, statements: readonly BatchStep[]): readonly BatchStep[] {
    const { before, after } = this.kept.keeping(step, unnamed(this.style(step)));
    const own = (sql: Sql): BatchStatement => ({ step: step.name, sql });
    const end = written(step, statements);
    return [...before.map(own), ...statements.slice(0, end), ...after.map(own), ...statements.slice(end)];
  }

  #scope(step: Step | undefined): BatchScope {
    const ids = step ? `${step.name}.${step.each?.kind === "argument" ? "*." : ""}` : "";
    return { ids, step: (name, column) => this.#value(name, column) };
  }

  #value(name: string, column: Parameters<BatchScope["step"]>[1]): Sql {
    const step = this.#body.steps.find((candidate) => candidate.name === name)!;
    return this.kept.value(step, column, { ...this.style(step), row: "", path: "", nextAlias: () => "" });
  }
}

/** Where the step's own row is written: behind it may stand what is written beside it, which would pass for the newest row. */
function written({ name, body }: Step, statements: readonly BatchStep[]): number {
  if (body.kind !== "insert" || !body.nested) return statements.length;
  return 1 + statements.findIndex((statement) => "into" in statement && statement.step === name);
}

function answerOf({ steps, returns }: StepsBody): NonNullable<BatchOperation["answer"]> {
  const answers = Array.from(returns, ([name, selection]) => {
    const step = steps.find((candidate) => candidate.name === name)!;
    return [name, { result: isSingle(step) ? "row" : "rows", ...hexOf(selection) }] as const;
  });
  return { steps: Object.fromEntries(answers) };
}

function refusalsOf({ steps }: StepsBody, errors: Operation["errors"]): Pick<BatchOperation, "errors" | "refusals"> {
  if (errors.size === 0) return {};
  const refusals = steps.flatMap((step) => {
    return step.else.size === 0 ? [] : [[step.name, declaredCodes(step.else)] as const];
  });
  return { errors: declaredErrors(errors), refusals: Object.fromEntries(refusals) };
}

/** The codes of declared errors by the built-in codes that they stand for. */
export function declaredCodes(otherwise: Step["else"]): { readonly [builtIn: string]: string } {
  return Object.fromEntries([...otherwise].map(([builtIn, { code }]) => [builtIn, code]));
}

/** Declared errors as the runtime has them. */
export function declaredErrors(errors: Operation["errors"]): NonNullable<BatchOperation["errors"]> {
  return Object.fromEntries([...errors].map(([code, { status, message }]) => [code, { status, message }]));
}
