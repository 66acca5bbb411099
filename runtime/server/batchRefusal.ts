import { MOST_STATEMENTS, type Planned } from "./batchStatements.ts";
import type { Call } from "./call.ts";
import { isForeignKeyViolation, toRefusal } from "./constraints.ts";
import type { Statement } from "./database.ts";
import { asDeclared } from "./declared.ts";
import { Refusal } from "./errors.ts";
import { guardOf, guardRefusal } from "./guard.ts";
import { lookup } from "./lookup.ts";
import type { BatchOperation, ForeignKeyProbe } from "./plan.ts";
import { foreignKeyViolation } from "./violations.ts";

/*
 * SQLite says which constraint was broken, but not by which statement of a batch; of a foreign key not even which. What guards do not tell
 * is asked of the database: the batch is run again with questions in it, and always ends by being undone.
 */

/** Where a batch was refused. */
interface Origin {
  readonly step?: string;
  readonly item?: number;
}

/**
 * What the error of a batch is to the caller: a Refusal that names the step and the item, by the declared error where `else` says one.
 * Anything else is returned as it is.
 */
export async function batchRefusal(
  error: unknown,
  operation: BatchOperation,
  planned: readonly Planned[],
  call: Call,
): Promise<unknown> {
  const guard = guardOf(error);
  if (guard) return named(guardRefusal(guard, call.constraints), guard, operation);
  if (isForeignKeyViolation(error)) {
    const broken = await brokenKey(planned, call);
    return named(foreignKeyViolation(broken?.key), broken ?? {}, operation);
  }
  const refusal = toRefusal(error, call.constraints);
  if (!refusal) return error;
  const { table } = refusal.extras.details as { readonly table: string };
  return named(refusal, { step: await failingStep(planned, table, (error as Error).message, call) }, operation);
}

/** A refusal that says where it comes from: the step, the relations of its row that led there, each behind a dot, and the item; a declared error in its place where the step's `else` says so. */
function named(
  refusal: Refusal,
  { step, item }: { step?: string | undefined; item?: number | undefined },
  { refusals, errors }: BatchOperation,
): Refusal {
  const [name, ...relations] = step?.split(".") ?? [];
  const details = {
    ...(refusal.extras.details as object | undefined),
    ...(name && { step: name }),
    ...(relations.length > 0 && { relation: relations.join(".") }),
    ...(item !== undefined && { item }),
  };
  const extras = { ...refusal.extras, ...(Object.keys(details).length > 0 && { details }) };
  const own = new Refusal(refusal.status, refusal.code, refusal.message, extras);
  return asDeclared(own, lookup(refusals, name ?? ""), errors);
}

const STOP: Statement = { sql: `INSERT INTO "_af_guard" ("code") VALUES ('_af:stop')`, params: [] };

/** The message of the error that a batch ends with; it never comes to its end. */
async function rehearse(statements: readonly Statement[], call: Call): Promise<string> {
  try {
    await call.database.batch([...statements, STOP]);
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
}

/** The step whose write to a table failed. Where several write to it, the batch is run up to the end of each, until it fails again. */
async function failingStep(
  planned: readonly Planned[],
  table: string,
  message: string,
  call: Call,
): Promise<string | undefined> {
  const ends = new Map<string, number>();
  for (const [at, { purpose }] of planned.entries())
    if (purpose.table === table && purpose.step !== undefined) ends.set(purpose.step, at);
  if (ends.size === 1) return ends.keys().next().value;
  const statements = planned.map(({ statement }) => statement);
  let run = planned.length;
  for (const [step, end] of [...ends].sort(([, a], [, b]) => a - b)) {
    run += end + 2;
    if (run > MOST_STATEMENTS) return undefined;
    if ((await rehearse(statements.slice(0, end + 1), call)) === message) return step;
  }
  return undefined;
}

interface BrokenKey extends Origin {
  readonly key: ForeignKeyProbe;
}

const KEY = "_af:key:";

/** The key that a write of the batch would break: before each write it is asked of its keys, in the state that the write would meet. */
async function brokenKey(planned: readonly Planned[], call: Call): Promise<BrokenKey | undefined> {
  const found: BrokenKey[] = [];
  const statements = planned.flatMap(({ statement, purpose, contexts }) => [
    ...contexts.flatMap((context) =>
      purpose.probes.map(({ key, build }) => {
        const { step } = purpose;
        const item = context.items?.at(-1);
        const at = found.push({ key, ...(step !== undefined && { step }), ...(item !== undefined && { item }) }) - 1;
        const { sql, params } = build(context);
        return { sql: `INSERT INTO "_af_guard" ("code") SELECT '${KEY}${at}' FROM (${sql}) WHERE "violated"`, params };
      }),
    ),
    statement,
  ]);
  if (planned.length + statements.length >= MOST_STATEMENTS) return undefined;
  const message = await rehearse(statements, call);
  const at = message.indexOf(KEY);
  return at < 0 ? undefined : found[Number.parseInt(message.slice(at + KEY.length), 10)];
}
