import type { ForeignKeyProbe, Sql } from "../../runtime/server/plan.ts";
import type { Body } from "../ir/operation.ts";
import { foreignKeysByTarget, foreignKeysOf } from "../ir/relationKinds.ts";
import type { Column, OneRelation, Table } from "../ir/table.ts";
import { valueAfter } from "./assignment.ts";
import { insertedValue } from "./insertion.ts";
import { columnsOf, tuple } from "./link.ts";
import { quoteName } from "./quote.ts";
import { bareTable, columnSql, innerScope, type Scope, type Style, unnamed, writeScope } from "./scope.ts";
import { join, sequence } from "./sql.ts";

/*
 * SQLite says that a foreign key was broken, but not which. These statements ask, after the refusal and its rollback: one for each
 * key that the write could have broken.
 */

type BodyOf<K extends Body["kind"]> = Extract<Body, { kind: K }>;
type Tables = ReadonlyMap<string, Table>;

type Written = Pick<BodyOf<"insert">, "table" | "assignments">;

/** The keys of the new row that lead nowhere. */
export function insertProbes({ table, assignments }: Written, style: Style): ForeignKeyProbe[] {
  const scope = writeScope(table, unnamed(style));
  const newValue = insertedValue(table, assignments, scope);
  return foreignKeysOf(table).flatMap((relation) => {
    const values = relation.columns.map(newValue);
    if (values.includes("NULL")) return [];
    return [probe(relation, sequence("SELECT ", leadsNowhere(relation, values, scope), ' AS "violated"'))];
  });
}

/** The keys that the rows come to hold and that lead nowhere, and keys of other rows that led to what is changed. */
export function updateProbes(
  { table, assignments }: Written,
  met: (scope: Scope) => readonly Sql[],
  tables: Tables,
  style: Style,
): ForeignKeyProbe[] {
  const scope = writeScope(table, unnamed(style));
  const assigned = (column: Column) => assignments.find((assignment) => assignment.column === column);
  const newValue = (column: Column): Sql => valueAfter(assigned(column), scope, columnSql(column, scope));
  const where = met(scope);
  const own = foreignKeysOf(table)
    .filter(({ columns }) => columns.some(assigned))
    .map((relation) =>
      probe(relation, anyRow(table, [...where, leadsNowhere(relation, relation.columns.map(newValue), scope)])),
    );
  const others = keysTo(table, tables)
    .filter(({ references, onUpdate }) => onUpdate === "restrict" && references.some(assigned))
    .map((relation) => {
      const changed = relation.references.map((column) =>
        sequence("(", newValue(column), `) IS NOT ${columnSql(column, scope)}`),
      );
      return probe(relation, anyRow(table, [...where, join(" OR ", changed), isReferenced(relation, scope)]));
    });
  return [...own, ...others];
}

/** Keys that lead to the rows that go, or to rows that go with them, from rows that stay. */
export function deleteProbes(
  from: Table,
  met: (scope: Scope) => readonly Sql[],
  tables: Tables,
  style: Style,
): ForeignKeyProbe[] {
  const removed = new Map<Table, Removed>([
    [
      from,
      (scope) => {
        const conditions = met(scope);
        return conditions.length === 0 ? "TRUE" : join(" AND ", conditions);
      },
    ],
  ]);
  for (const [table, goes] of removed) {
    for (const relation of keysTo(table, tables)) {
      if (relation.onDelete === "cascade" && !removed.has(relation.from))
        removed.set(relation.from, (scope) => leadsToRemoved(relation, goes, scope));
    }
  }
  return [...removed].flatMap(([table, goes]) =>
    keysTo(table, tables)
      .filter(({ onDelete }) => onDelete === "restrict")
      .map((relation) => {
        const scope = writeScope(relation.from, unnamed(style));
        const goesToo = removed.get(relation.from);
        const stays = goesToo ? [sequence("(", goesToo(scope), ") IS NOT TRUE")] : [];
        return probe(relation, anyRow(relation.from, [leadsToRemoved(relation, goes, scope), ...stays]));
      }),
  );
}

/** The condition that a row goes. */
type Removed = (scope: Scope) => Sql;

/** The keys that lead to each table: found once for all operations. */
const allKeys = new WeakMap<Tables, ReadonlyMap<Table, readonly OneRelation[]>>();

function keysTo(table: Table, tables: Tables): readonly OneRelation[] {
  let keys = allKeys.get(tables);
  if (!keys) {
    keys = foreignKeysByTarget(tables.values());
    allKeys.set(tables, keys);
  }
  return keys.get(table) ?? [];
}

function probe(relation: OneRelation, sql: Sql): ForeignKeyProbe {
  return { table: relation.from.name, columns: relation.columns.map(({ name }) => name), sql };
}

function anyRow(table: Table, conditions: readonly Sql[]): Sql {
  const rows = sequence(`SELECT 1 FROM ${quoteName(table.sqlName)} WHERE `, join(" AND ", conditions));
  return sequence("SELECT EXISTS (", rows, ') AS "violated"');
}

/** A key with a null in it leads nowhere by right. */
function leadsNowhere({ to, references }: OneRelation, values: readonly Sql[], scope: Scope): Sql {
  const parent = bareInner(scope, to);
  const given = values.map((value) => sequence(value, " IS NOT NULL"));
  const same = references.map((column, index) => sequence(`${columnSql(column, parent)} = `, values[index]!));
  const missing = sequence(`NOT EXISTS (SELECT 1 FROM ${bareTable(to, parent)} WHERE `, join(" AND ", same), ")");
  return join(" AND ", [...given, missing]);
}

/** Whether some row holds the key of the scope's row. */
function isReferenced({ from, columns, references }: OneRelation, scope: Scope): Sql {
  const child = bareInner(scope, from);
  const select = `SELECT ${columnsOf(columns, child).join(", ")} FROM ${bareTable(from, child)}`;
  return `${tuple(columnsOf(references, scope))} IN (${select})`;
}

/** Whether the scope's row holds the key of a row that goes. */
function leadsToRemoved({ to, columns, references }: OneRelation, goes: Removed, scope: Scope): Sql {
  const parent = bareInner(scope, to);
  const select = `SELECT ${columnsOf(references, parent).join(", ")} FROM ${bareTable(to, parent)} WHERE `;
  return sequence(`${tuple(columnsOf(columns, scope))} IN (${select}`, goes(parent), ")");
}

/** A further row of a table itself: the database minds keys of rows that the caller may not read, too. */
function bareInner(scope: Scope, table: Table): Scope {
  return { ...innerScope(scope, table), bare: true };
}
