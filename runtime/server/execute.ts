import type { Shape } from "../wire/shape.ts";
import { following } from "./after.ts";
import type { Call, Executor } from "./call.ts";
import { isForeignKeyViolation, toRefusal } from "./constraints.ts";
import type { Row, Statement } from "./database.ts";
import { asDeclared } from "./declared.ts";
import { builtIn, type Refusal, staleVersion } from "./errors.ts";
import { executeBatch } from "./executeBatch.ts";
import { executePage } from "./executePage.ts";
import { executeStatement } from "./executeStatement.ts";
import type { ForeignKeyProbe, HandlerOperation, OperationPlan, RowsOperation, WriteOperation } from "./plan.ts";
import { first, list, rowTextOf } from "./rows.ts";
import { statement } from "./statement.ts";
import { foreignKeyViolation } from "./violations.ts";

function executeRows(operation: RowsOperation): Executor {
  const build = statement(operation.sql, operation.args);
  const rowText = rowTextOf(operation.hex);
  const single = operation.result === "row";
  return async (call) => {
    const rows = await call.database.run(build(call));
    if (operation.atLeast !== undefined && rows.length < operation.atLeast) throw builtIn("not_found");
    return single ? first(rows, rowText) : list(rows, rows.length, rowText);
  };
}

function executeWrite(operation: WriteOperation): Executor {
  const write = statement(operation.write, operation.args);
  const before = (operation.before ?? []).map((guard) => statement(guard, operation.args));
  const asked = operation.rows === undefined ? [] : [statement(operation.rows, operation.args)];
  const behind = operation.guard === undefined ? [] : [statement(operation.guard, operation.args)];
  const rowText = rowTextOf(operation.hex);
  const single = operation.result === "row";
  const stale = operation.stale === undefined ? undefined : statement(operation.stale, operation.args);
  const probe = operation.foreignKeys && probeOf(operation.foreignKeys, operation.args);

  const rowsOf = async (call: Call): Promise<readonly Row[]> => {
    if (before.length + asked.length + behind.length === 0) return call.database.run(write(call));
    const rows = await call.database.batch([...before, ...asked, write, ...behind].map((build) => build(call)));
    return rows[before.length]!;
  };

  const follow = operation.after && following(operation.after);
  const refuse = (refusal: Refusal) => asDeclared(refusal, operation.else, operation.errors);

  return async (call) => {
    let rows: readonly Row[];
    try {
      rows = await rowsOf(call);
    } catch (error) {
      if (probe && isForeignKeyViolation(error)) throw await probe(call);
      const refusal = toRefusal(error, call.constraints);
      throw refusal ? refuse(refusal) : error;
    }
    if (operation.atLeast !== undefined && rows.length < operation.atLeast)
      throw refuse(stale && (await isStale(call, stale(call))) ? staleVersion() : builtIn("not_found"));
    follow?.(call, []);
    return single ? first(rows, rowText) : list(rows, rows.length, rowText);
  };
}

/** Whether the row that was not met is there with another version. */
async function isStale(call: Call, question: Statement): Promise<boolean> {
  const [row] = await call.database.run(question);
  return Boolean((row as unknown as { stale: unknown } | undefined)?.stale);
}

/** Asks the database which foreign key a refused write would have broken. */
function probeOf(keys: readonly ForeignKeyProbe[], shapes: { readonly [name: string]: Shape }) {
  const probes = keys.map((key) => ({ key, build: statement(key.sql, shapes) }));
  return async (call: Call) => {
    const answers = await call.database.batch(probes.map(({ build }) => build(call)));
    const broken = answers.findIndex(
      ([row]) => row !== undefined && Boolean((row as unknown as { violated: unknown }).violated),
    );
    return foreignKeyViolation(probes[broken]?.key);
  };
}

/** An operation made ready to run: its statements are rendered and bound, its rows joined to the result's JSON text. */
export function executor(operation: Exclude<OperationPlan, HandlerOperation>): Executor {
  if (operation.result === "batch") return executeBatch(operation);
  if (operation.result === "statement") return executeStatement(operation);
  if ("write" in operation) return executeWrite(operation);
  return operation.result === "page" ? executePage(operation) : executeRows(operation);
}
