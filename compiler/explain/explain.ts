import type { BatchOperation, BatchStatement, BatchStep, Sql } from "../../runtime/server/plan.ts";
import type { App } from "../ir/app.ts";
import type { Person } from "../ir/heldBy.ts";
import { type Each, listPath } from "../ir/items.ts";
import type { Body, Operation, StepBody, UniqueKey } from "../ir/operation.ts";
import type { Table } from "../ir/table.ts";
import { planOperation } from "../plan/plan.ts";
import { quoteName } from "../plan/quote.ts";
import { type Advice, adviceFor } from "./advice.ts";
import { type Database, type KnownIndex, keyOf } from "./database.ts";
import { lookupAdvice, lookupWords, splitForeignKeys } from "./foreignKeys.ts";
import { layOut } from "./layout.ts";
import { sqlFor, usualCaller } from "./person.ts";
import { asQuestionMark, readableBinds, readableName, sqlText } from "./text.ts";
import { readPlan, type Step } from "./tree.ts";
import { usesOf } from "./uses.ts";
import { argumentsOf, type Variation, variationsOf } from "./variations.ts";
import { type NamedRow, type Names, planWords, type Sentence } from "./words.ts";

/** How SQLite runs a statement when these optional arguments are sent. */
export interface StatementPlan {
  readonly sent: readonly string[];
  readonly steps: readonly Sentence[];
}

/** What an operation's SQL does: its statement, or the statements of its steps. */
export type Explanation = StatementExplanation | StepsExplanation;

export interface StepsExplanation {
  readonly steps: readonly StepExplanation[];
}

export interface StepExplanation {
  readonly name: string;
  /** the list whose items it is done for */
  readonly each?: string;
  readonly statements: readonly StatementExplanation[];
}

/** What a statement does. */
export interface StatementExplanation {
  /** with every optional argument sent, laid out for reading; arguments stand as `:name` */
  readonly sql: string;
  /** arguments that the text depends on */
  readonly optional: readonly string[];
  readonly variations: readonly Variation[];
  /** one, or two where leaving all optional arguments out leads another way */
  readonly plans: readonly StatementPlan[];
  /** it writes nothing: where it finds something, the batch is refused */
  readonly refuses?: true;
  /** guards that run before the write in its batch: what rules ask */
  readonly before?: readonly StatementExplanation[];
  /** a statement that runs behind the write in its batch */
  readonly guard?: string;
  readonly indexes: readonly KnownIndex[];
  readonly advice: readonly Advice[];
}

/**
 * Explains an operation; undefined for a handler, which has no SQL of the compiler's.
 *
 * @param person who calls: the SQL is what it is for them
 */
export function explain(
  operation: Operation,
  app: App,
  database: Database,
  person = usualCaller(operation, app),
): Explanation | undefined {
  const aliases: NamedAlias[] = [];
  const plan = planOperation(operation, app, (...named) => aliases.push(named));
  if (plan.result === "handler") return undefined;
  if (plan.result === "batch") return { steps: explainSteps(operation, plan, { aliases, app, database, person }) };
  const statement = "write" in plan ? plan.write : plan.sql;
  const guard = "guard" in plan ? plan.guard : undefined;
  const around = { aliases, app, database, person };
  const before = ("before" in plan ? (plan.before ?? []) : []).map((sql) =>
    explainStatement(operation, operation.body, sql, undefined, around),
  );
  const explained = explainStatement(operation, operation.body, statement, guard, around);
  return before.length === 0 ? explained : { ...explained, before };
}

/** The writes and reads of each step, with the guard behind them. */
function explainSteps(operation: Operation, { steps }: BatchOperation, around: Around): readonly StepExplanation[] {
  const statements = flat(steps);
  return stepsOf(operation.body).map((step) => {
    const { name, body } = step;
    const aliases = around.aliases.filter(([, , , of = ""]) => of === name);
    const own = statements.filter(({ step: of = "" }) => of === name || of.startsWith(`${name}.`));
    const explained = own.map((statement) => {
      const target = statement.step === name ? body : besides(statement, around.app);
      return explainStatement(operation, target, statement.sql, undefined, { ...around, aliases });
    });
    const each = step.each?.kind === "argument" ? { each: listPath(step.each) } : {};
    return { name, ...each, statements: explained };
  });
}

/** The steps of a batch; a write of several statements is a step without a name. */
function stepsOf(
  body: Body,
): readonly { readonly name: string; readonly body: Target; readonly each?: Each | undefined }[] {
  if (body.kind === "steps") return body.steps;
  return [{ name: "", body, each: "each" in body ? body.each : undefined }];
}

type Flat = BatchStatement & { readonly isRow: boolean };

/** Each statement as it is run for one item. */
function flat(steps: readonly BatchStep[]): readonly Flat[] {
  return steps.flatMap((step) => {
    if ("of" in step) return flat(step.of);
    if (!("into" in step)) return [{ ...step, isRow: false }];
    return [{ ...step, sql: [step.into, " VALUES ", step.values, step.returning ?? ""], isRow: true }];
  });
}

/** What a statement is about, as far as its plan is told: of a body, or of a row that is written beside that of the body. */
interface Target {
  readonly kind: (Body | StepBody)["kind"];
  readonly table?: Table;
  readonly conflict?: UniqueKey;
}

function besides({ table, isRow }: Flat, { tables }: App): Target {
  return isRow && table !== undefined ? { kind: "insert", table: tables.get(table)! } : { kind: "check" };
}

/** Whether a statement does nothing but abort its batch. */
function isGuard(statement: Sql): boolean {
  const text = sqlText(statement, () => true, asQuestionMark) ?? "";
  return text.startsWith('INSERT INTO "_af_guard"') || text.startsWith("SELECT json_extract('{}'");
}

function explainStatement(
  operation: Operation,
  of: Target,
  planned: Sql,
  plannedGuard: Sql | undefined,
  around: Around,
): StatementExplanation {
  const statement = sqlFor(planned, around.person);
  const refuses = isGuard(statement);
  const body: Target = refuses ? { kind: "check" } : of;
  const guard = plannedGuard && sqlFor(plannedGuard, around.person);
  const optional = argumentsOf(statement);
  const sets = optional.length === 0 ? [[]] : [optional, []];
  const readable = (names: readonly string[]) => names.map((name) => readableName(name, operation.body));
  const readings = sets.map((sent) => ({ sent: readable(sent), ...readStatement(body, statement, sent, around) }));
  const write = readableBinds(operation);
  return {
    sql: layOut(sqlText(statement, () => true, write) ?? ""),
    optional: readable(optional),
    variations: variationsOf(statement, write).map((each) => ({ ...each, names: readable(each.names) })),
    plans: different(readings),
    ...(refuses && { refuses }),
    ...(guard !== undefined && { guard: layOut(sqlText(guard, () => true, write) ?? "") }),
    indexes: distinct(readings.flatMap(({ indexes }) => indexes)),
    advice: distinct(readings.flatMap(({ advice }) => advice)),
  };
}

type NamedAlias = readonly [alias: string, path: string, table: Table, step?: string | undefined];

interface Around {
  readonly aliases: readonly NamedAlias[];
  readonly app: App;
  readonly database: Database;
  readonly person: Person;
}

function readStatement(body: Target, statement: Sql, sent: readonly string[], around: Around) {
  const { app, database } = around;
  const sql = sqlText(statement, (name) => sent.includes(name), asQuestionMark) ?? "";
  const tables = new Map([...app.tables.values()].map((table) => [table.sqlName, table]));
  const own = body.table ? [] : [...tables].map(([name, table]): NamedAlias => [name, table.name, table]);
  const names: Names = { rows: namedRows(sql, [...own, ...around.aliases]), indexes: database.indexes };
  const known = { rows: [...names.rows.keys(), ...tables.keys()], indexes: [...database.indexes.keys(), "_af_advice"] };
  const target = body.table;
  const split = (steps: readonly Step[]) =>
    target ? splitForeignKeys(steps, body.kind, target.sqlName, names.rows) : { own: steps, lookups: [] };
  const { own: steps, lookups } = split(readPlan(database.explain(sql), known));
  const planWith = (index: string) => split(readPlan(database.explainWith(index, sql), known)).own;
  const sentences = [
    ...newRow(body),
    ...planWords(steps, names),
    ...lookups.map((step) => lookupWords(step, tables, database.indexes)),
  ];
  // SQLite has no plan for an INSERT of an author's that only gives values, nor for a guard that counts
  const isBare = body.kind === "sql" && sentences.length === 0;
  return {
    steps: isBare ? [{ text: "writes the values that the statement gives", inside: [] }] : sentences,
    indexes: usedIndexes([...steps, ...lookups], names),
    advice: [
      ...adviceFor(steps, names, planWith),
      ...(target ? lookups.flatMap((step) => lookupAdvice(step, target, tables)) : []),
    ],
  };
}

/** What stands in no plan of SQLite's: that a row comes. */
function newRow(body: Target): readonly Sentence[] {
  if (body.kind === "insert") return [{ text: "writes one row", inside: [] }];
  if (body.kind !== "upsert" || !body.conflict) return [];
  const columns = body.conflict.columns.map(({ name }) => name).join(", ");
  return [{ text: `writes one row, or changes the one with the same ${columns}`, inside: [] }];
}

/**
 * What each alias of a statement stands for, and a table that goes by its own name. The statements of a batch all count their aliases from
 * the start, so that of several the one counts whose table stands before it.
 */
function namedRows(sql: string, aliases: readonly NamedAlias[]): ReadonlyMap<string, NamedRow> {
  const rows = new Map<string, NamedRow>();
  for (const [alias, path, table] of aliases) {
    const quoted = quoteName(table.sqlName);
    const written = alias === table.sqlName ? quoted : alias;
    const behind = sql.split(`${quoted} AS ${alias}`).slice(1);
    const isThere = alias === table.sqlName || behind.some((rest) => !/^\w/.test(rest));
    if (isThere || !rows.has(alias)) rows.set(alias, { path, table, uses: usesOf(sql, written, table) });
  }
  return rows;
}

function usedIndexes(steps: readonly Step[], { rows, indexes }: Names): KnownIndex[] {
  return steps.flatMap((step) => {
    const inside = usedIndexes(step.steps, { rows, indexes });
    if (step.kind !== "scan" && step.kind !== "search") return inside;
    const table = rows.get(step.of)?.table;
    const index = step.index === undefined ? step.kind === "search" && table && keyOf(table) : indexes.get(step.index);
    return index && !step.automatic ? [index, ...inside] : inside;
  });
}

/** Plans that say the same are one, whatever is sent. */
function different(readings: readonly StatementPlan[]): readonly StatementPlan[] {
  const [all, none] = readings.map(({ sent, steps }) => ({ sent, steps }));
  if (!all) return [];
  return none && JSON.stringify(none.steps) !== JSON.stringify(all.steps) ? [all, none] : [all];
}

/** Each index once, whether it is there or wished for. */
function distinct<T extends Pick<KnownIndex, "table" | "columns"> | Advice>(found: readonly T[]): readonly T[] {
  const keyed = new Map<string, T>();
  for (const each of found) {
    const names = each.columns.map((column) => (typeof column === "string" ? column : column?.name));
    const key = JSON.stringify([each.table.name, "sqlName" in each ? each.sqlName : null, names]);
    if (!keyed.has(key)) keyed.set(key, each);
  }
  return [...keyed.values()];
}
