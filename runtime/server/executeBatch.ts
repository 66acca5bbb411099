import { following } from "./after.ts";
import { batchRefusal } from "./batchRefusal.ts";
import { batchStatements, MOST_STATEMENTS, type Planned } from "./batchStatements.ts";
import type { Call, Executor } from "./call.ts";
import type { Row } from "./database.ts";
import { invalidArguments, type Refusal } from "./errors.ts";
import type { BatchOperation, StepAnswer } from "./plan.ts";
import { first, list, rowTextOf } from "./rows.ts";

/**
 * Makes a batch ready to run. Nothing of it is written unless all of it is.
 *
 * @returns an executor that throws a Refusal naming the step that refused, and its item
 */
export function executeBatch(operation: BatchOperation): Executor {
  const expand = batchStatements(operation.steps, operation.args);
  const answer = answerOf(operation.answer);
  const follow = operation.after && following(operation.after);
  return async (call) => {
    const planned = expand(call);
    if (planned.length > MOST_STATEMENTS) throw tooMany(planned);
    const rows = await runAll(operation, planned, call);
    const rowsOf = (step: string | undefined) =>
      planned.flatMap(({ purpose }, at) => (purpose.answers && purpose.step === step ? rows[at]! : []));
    follow?.(call, rowsOf(undefined));
    return answer(rowsOf);
  };
}

async function runAll(operation: BatchOperation, planned: readonly Planned[], call: Call) {
  try {
    return await call.database.batch(planned.map(({ statement }) => statement));
  } catch (error) {
    throw await batchRefusal(error, operation, planned, call);
  }
}

/** The list that makes the most statements is the one to send less of. */
function tooMany(planned: readonly Planned[]): Refusal {
  const counts = new Map<string, number>();
  for (const { lists } of planned) for (const path of lists) counts.set(path, (counts.get(path) ?? 0) + 1);
  const [path = ""] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  const message = `is too long: this call takes ${planned.length} statements, and the database runs ${MOST_STATEMENTS} at once`;
  return invalidArguments([{ path, message }]);
}

type RowsOf = (step: string) => readonly Row[];

function answerOf(answer: BatchOperation["answer"]): (rowsOf: RowsOf) => string {
  if (answer === undefined) return () => "null";
  if ("step" in answer) {
    const text = stepText(answer);
    return (rowsOf) => text(rowsOf(answer.step));
  }
  const texts = Object.entries(answer.steps).map(([step, each]) => ({ step, text: stepText(each) }));
  return (rowsOf) => `{${texts.map(({ step, text }) => `${JSON.stringify(step)}:${text(rowsOf(step))}`).join(",")}}`;
}

function stepText({ result, hex }: StepAnswer): (rows: readonly Row[]) => string {
  const rowText = rowTextOf(hex);
  return (rows) => (result === "row" ? first(rows, rowText) : list(rows, rows.length, rowText));
}
