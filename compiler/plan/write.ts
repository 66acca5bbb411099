import type { ForeignKeyProbe, Sql, WriteOperation } from "../../runtime/server/plan.ts";
import type { Assignment } from "../ir/assignment.ts";
import type { Condition } from "../ir/condition.ts";
import type { Body, Selection } from "../ir/operation.ts";
import { foreignKeysOf } from "../ir/relationKinds.ts";
import type { Column, Table } from "../ir/table.ts";
import { fixesOneRow } from "../ir/uniqueWhere.ts";
import { assignedSql, assignmentNames } from "./assignment.ts";
import { conditionSql } from "./condition.ts";
import { expectation } from "./expectation.ts";
import { readable } from "./eyes.ts";
import { deleteProbes, insertProbes, updateProbes } from "./foreignKeys.ts";
import { type Given, insertedColumns, nowSql } from "./insertion.ts";
import { quoteName } from "./quote.ts";
import type { PlanOf } from "./read.ts";
import { removed, returning } from "./returning.ts";
import { type Scope, type Style, writeScope } from "./scope.ts";
import { hexOf } from "./shape.ts";
import { around, join, sequence, whenSent, whereSql } from "./sql.ts";
import { staleness } from "./stale.ts";

type BodyOf<K extends Body["kind"]> = Extract<Body, { kind: K }>;
type Tables = ReadonlyMap<string, Table>;
type Meant = { readonly table: Table; readonly where?: Condition | undefined };
type WritePlan = PlanOf<WriteOperation> & { readonly kind: "mutation" };

/** One row. What is left out gets its default: from the Worker where it is made there, else from the table's own DEFAULT. */
export function planInsert(body: BodyOf<"insert">, style: Style): WritePlan {
  const { table, assignments, returns } = body;
  const scope = writeScope(table, style);
  const write = sequence(insertSql(table, assignments, scope), returning(returns, scope));
  return { ...writePlan(write, returns, insertProbes(body, style)), result: "row" };
}

/** `INSERT INTO … VALUES …` for one row. */
export function insertSql(table: Table, assignments: readonly Assignment[], scope: Scope): Sql {
  const { into, values } = insertParts(table, assignments, scope);
  return sequence(into, " VALUES (", values, ")");
}

/** Where an INSERT writes to, and the values of a row. */
export function insertParts(table: Table, assignments: readonly Assignment[], scope: Scope, given?: Given) {
  const written = insertedColumns(table, assignments, scope, given);
  const columns = join(
    ", ",
    written.map(({ column, names }) => whenSent(names, quoteName(column.sqlName))),
  );
  const values = join(
    ", ",
    written.map(({ names, value }) => whenSent(names, value)),
  );
  return { into: sequence(`INSERT INTO ${quoteName(table.sqlName)} (`, columns, ")"), values };
}

/** Where `set` hangs on optional arguments alone and none was sent, the rows are met and left as they are. */
export function planUpdate(body: BodyOf<"update">, tables: Tables, style: Style): WritePlan {
  const { table, returns, single } = body;
  const scope = writeScope(table, style);
  const write = sequence(updateSql(body, scope), returning(returns, scope));
  const plan = writePlan(write, returns, updateKeys(body, tables, style));
  return { ...plan, result: single ? "row" : "rows", ...expectation(body), ...staleness(body, style) };
}

/** `UPDATE … SET … WHERE …`. `from`: further rows that it speaks of, with ` FROM ` before them. */
export function updateSql(body: BodyOf<"update">, scope: Scope, from: Sql = ""): Sql {
  const { table, assignments } = body;
  const set = assignments.map((assignment) => setSql(assignment, scope));
  const change = setClause(table, assignments, set);
  return sequence(`UPDATE ${quoteName(table.sqlName)}`, change, from, rows(body, scope));
}

/** The foreign keys that an update may break. */
export function updateKeys(body: BodyOf<"update">, tables: Tables, style: Style): ForeignKeyProbe[] {
  return updateProbes(body, (of) => meantRows(body, of), tables, style);
}

/** The foreign keys that a delete may break. */
export function deleteKeys(body: BodyOf<"delete">, tables: Tables, style: Style): ForeignKeyProbe[] {
  return deleteProbes(body.table, (of) => meantRows(body, of), tables, style);
}

/** The rows that are returned are those that were. */
export function planDelete(body: BodyOf<"delete">, tables: Tables, style: Style): WritePlan {
  const { table, returns, single } = body;
  const scope = writeScope(table, style);
  const gone = removed(returns, scope, rows(body, scope));
  const write = sequence(deleteSql(body, scope), gone.returning);
  const plan = writePlan(write, returns, deleteKeys(body, tables, style));
  const told = gone.rows === undefined ? {} : { rows: gone.rows };
  return { ...plan, ...told, result: single ? "row" : "rows", ...expectation(body), ...staleness(body, style) };
}

/** `DELETE FROM … WHERE …`. */
export function deleteSql(body: BodyOf<"delete">, scope: Scope): Sql {
  return sequence(`DELETE FROM ${quoteName(body.table.sqlName)}`, rows(body, scope));
}

/** ` SET …`: what is written, and what every change sets by itself. Where nothing is left to do, a column is set to itself. */
export function setClause(table: Table, assignments: readonly Assignment[], set: readonly Sql[]): Sql {
  const touched = [...table.columns.values()].flatMap((column) => {
    const name = quoteName(column.sqlName);
    if (column.version) return [`${name} = ${quoteName(table.sqlName)}.${name} + 1`];
    return touches(column, assignments) ? [setNow(column)] : [];
  });
  const parts = [...set, ...touched];
  return parts.length === 0 ? leftAlone(table) : around(" SET ", join(", ", parts), "", leftAlone(table));
}

/**
 * What makes a row one that was met, and changes nothing: its key is set to itself. Where rows of the table refer to one another it is
 * a column that refers: SQLite takes a key that is set to itself for broken when its row refers to itself and another one to it.
 */
export function leftAlone(table: Table): string {
  const [key] = table.primaryKey;
  const toItself = foreignKeysOf(table).find(({ to }) => to === table);
  const referring = toItself?.columns.find((column) => !table.primaryKey.includes(column));
  const name = quoteName((referring ?? key)!.sqlName);
  return ` SET ${name} = ${name}`;
}

export function writePlan(
  write: Sql,
  returns: Selection,
  foreignKeys: readonly ForeignKeyProbe[],
): Omit<WritePlan, "result"> {
  return { kind: "mutation", write, ...(foreignKeys.length > 0 && { foreignKeys }), ...hexOf(returns) };
}

/** ` WHERE …`: the rows that an update or a delete means. */
export function rows(body: Meant, scope: Scope): Sql {
  return whereSql(meantRows(body, scope));
}

/** The rows that an update or a delete means, as conditions: those of `where` that the caller may read. */
export function meantRows({ table, where }: Meant, scope: Scope): readonly Sql[] {
  const seen = readable(table, { ...scope, few: where && fixesOneRow(where, table) });
  return [...conditions(where, scope), ...(seen === undefined ? [] : [seen])];
}

/** A condition as one of those that ` WHERE ` joins. */
export function conditions(where: Condition | undefined, scope: Scope): readonly Sql[] {
  return where ? [conditionSql(where, scope)] : [];
}

/** `column = value`; absent when its argument is. */
export function setSql(assignment: Assignment, scope: Scope): Sql {
  const name = quoteName(assignment.column.sqlName);
  return whenSent(assignmentNames(assignment), sequence(`${name} = `, assignedSql(assignment, scope)));
}

/** Whether an update sets the column to the request's time by itself. */
function touches(column: Column, assignments: readonly Assignment[]): boolean {
  return column.onUpdate === "now" && !assignments.some((assignment) => assignment.column === column);
}

function setNow(column: Column): Sql {
  return sequence(`${quoteName(column.sqlName)} = `, nowSql(column));
}
