import type { BatchInsert, BatchStatement, BatchStep, Sql } from "../../runtime/server/plan.ts";
import { listPath } from "../ir/items.ts";
import type { NestedWrite, NewRow } from "../ir/nestedWrite.ts";
import type { Column, OneRelation, Table } from "../ir/table.ts";
import { answeredRow, countsOthers } from "./answeredRow.ts";
import { valueAfter } from "./assignment.ts";
import { insertProbes } from "./foreignKeys.ts";
import { type Given, insertedValue, lastCounted } from "./insertion.ts";
import { createdLink } from "./junctionRows.ts";
import { linkRows } from "./linking.ts";
import { type NewRow as GuardedRow, listedRowGuard, newRowGuard } from "./newRowGuard.ts";
import { quoteText } from "./quote.ts";
import { returning } from "./returning.ts";
import type { Scope } from "./scope.ts";
import { sequence } from "./sql.ts";
import {
  guarding,
  listedWordsIn,
  numberIn,
  type Surroundings,
  scopeWithin,
  type WrittenRow,
  within,
  wordsIn,
} from "./surroundings.ts";
import { insertParts } from "./write.ts";

/** The statements that write a row with all that is written beside it. */
export function newRowSteps(row: NewRow, here: Surroundings): readonly BatchStep[] {
  const repeated = repeatedTables(row);
  const { returns, ...silent } = here;
  const isReadLater = countsOthers(returns);
  const { steps, row: own } = written(row, { ...(isReadLater ? silent : here), repeated });
  return [
    ...steps,
    ...(isReadLater ? [answeredRow(returns, own, here)] : []),
    ...(steps.some(isKeeping) ? [{ step: here.step, sql: removal }] : []),
  ];
}

interface Inside extends Surroundings {
  /** a guard before the list has judged the row */
  readonly judged?: boolean;
  /** tables that get rows in more than one place: the newest row is not always the one that is meant */
  readonly repeated: ReadonlySet<Table>;
}

/** What leads to rows that were written before: the columns with their values, and the keys that stand on them. */
type Led = Required<Pick<GuardedRow, "given" | "through">>;

/** First the rows that it leads to, then the row itself, then what leads to it. */
function written(
  { table, assignments, nested = [] }: NewRow,
  here: Inside,
  { given: outer, through: keys }: Led = { given: new Map(), through: [] },
): { readonly steps: readonly BatchStep[]; readonly row: WrittenRow } {
  const scope = scopeWithin(table, here);
  const given = new Map(outer);
  const through = [...keys];
  const steps: BatchStep[] = [];
  for (const [index, { relation, ...write }] of nested.entries()) {
    if (relation.kind !== "one" || write.kind !== "create") continue;
    const parent = written(write.row, inside(here, { relation, ...write }, index));
    steps.push(...parent.steps);
    through.push(relation);
    for (const [at, column] of relation.columns.entries())
      given.set(column, parent.row.valueOf(relation.references[at]!));
  }
  const value = insertedValue(table, assignments, scope);
  const assigned = (column: Column) => assignments.find((assignment) => assignment.column === column);
  const isKept = here.repeated.has(table);
  const counted = isKept ? keptKey(here) : lastCounted(table);
  const row: WrittenRow = {
    valueOf: (column) =>
      given.get(column) ??
      (column.default?.kind === "count" ? valueAfter(assigned(column), scope, counted) : value(column)),
  };
  const guards = here.judged ? [] : guardBefore({ table, assignments, given, through }, here);
  steps.push(...guards, insertion({ table, assignments }, here, scope, given));
  if (isKept && table.primaryKey[0]?.default?.kind === "count") steps.push(keepKey(table, here));
  for (const [index, write] of nested.entries())
    if (write.relation.kind !== "one") steps.push(...behind(write, row, inside(here, write, index)));
  return { steps, row };
}

/** What refuses a new row stands right before it: it may speak of rows that were written for it. */
function guardBefore(row: GuardedRow, here: Surroundings): readonly BatchStatement[] {
  return guarding(newRowGuard(row, scopeWithin(row.table, here), wordsIn(here)), here);
}

/** What refuses rows of a list with none beside them stands before the first: so they still go as few statements. */
export function listedGuard(row: GuardedRow, here: Surroundings): readonly BatchInsert[] {
  const guard = listedRowGuard(row, scopeWithin(row.table, here), listedWordsIn(here), numberIn(here));
  return guard === undefined ? [] : [{ step: here.step, ...guard }];
}

function insertion(
  { table, assignments }: NewRow,
  { style, step, returns }: Surroundings,
  scope: Scope,
  given: Given,
): BatchInsert {
  const { into, values } = insertParts(table, assignments, scope, given);
  const foreignKeys = insertProbes({ table, assignments }, { ...style, batch: scope.batch });
  return {
    step,
    table: table.name,
    into,
    values: sequence("(", values, ")"),
    ...(returns && { returning: returning(returns, scope), answers: true }),
    ...(foreignKeys.length > 0 && { foreignKeys }),
  };
}

/** What an insert writes behind its row. */
function behind(write: NestedWrite, row: WrittenRow, here: Inside): readonly BatchStep[] {
  const { relation } = write;
  if (write.kind === "link") return linkRows(write.relation, write.keys, row, here);
  const led = relation.kind === "many" || relation.kind === "hasOne" ? ledBy(relation.inverse, row) : undefined;
  const { table, assignments, nested } = write.row;
  const listed = write.each && !nested ? listedGuard({ table, assignments, ...led }, here) : [];
  const { steps, row: created } = written(write.row, { ...here, judged: listed.length > 0 }, led);
  const all = relation.kind === "manyToMany" ? [...steps, ...createdLink(relation, row, created, here)] : steps;
  if (!write.each) return all;
  const each = listPath(write.each);
  return listed.length === 0
    ? [{ each, of: all }]
    : [
        { each, of: listed },
        { each, of: all },
      ];
}

function ledBy(relation: OneRelation, to: WrittenRow): Led {
  const { columns, references } = relation;
  return {
    given: new Map(columns.map((column, at) => [column, to.valueOf(references[at]!)])),
    through: [relation],
  };
}

function inside({ repeated, ...here }: Inside, write: NestedWrite, index: number): Inside {
  const isEach = write.kind === "create" && write.each !== undefined;
  return { ...within(here, write.relation, index, isEach), repeated };
}

/*
 * Keys that the database counts. The newest one of a table is known to it; where the table gets further rows before the key is used, it
 * is kept for the while: of rows of one place, which come from a list, the newest is the one at hand.
 */

const placeOf = ({ ids }: Surroundings): string => quoteText(`.${ids}`);

function keptKey(here: Surroundings): Sql {
  return `(SELECT "value" FROM "_af_steps" WHERE "step" = ${placeOf(here)} ORDER BY rowid DESC LIMIT 1)`;
}

const keeping = 'INSERT INTO "_af_steps" ("step", "column", "value") VALUES';
const removal = `DELETE FROM "_af_steps" WHERE "step" GLOB '.*'`;

function keepKey(table: Table, here: Surroundings): BatchStatement {
  return { step: here.step, sql: `${keeping} (${placeOf(here)}, 'key', ${lastCounted(table)})` };
}

function isKeeping(step: BatchStep): boolean {
  if ("each" in step) return step.of.some(isKeeping);
  return "sql" in step && typeof step.sql === "string" && step.sql.startsWith(keeping);
}

function repeatedTables(row: NewRow): ReadonlySet<Table> {
  const seen = new Set<Table>();
  const repeated = new Set<Table>();
  const visit = ({ table, nested = [] }: NewRow): void => {
    if (seen.has(table)) repeated.add(table);
    seen.add(table);
    for (const write of nested) if (write.kind === "create") visit(write.row);
  };
  visit(row);
  return repeated;
}
