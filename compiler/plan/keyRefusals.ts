import type { Sql } from "../../runtime/server/plan.ts";
import { foreignKeysOf } from "../ir/relationKinds.ts";
import type { Column, OneRelation, Table } from "../ir/table.ts";
import type { Written } from "./assignment.ts";
import { conditionSql } from "./condition.ts";
import { knownColumn } from "./guarded.ts";
import { hidesRows, isGuarded } from "./permission.ts";
import type { Refusal } from "./refusals.ts";
import { columnSql, innerScope, type Scope, tableSql } from "./scope.ts";
import { join, sequence } from "./sql.ts";

/** The values of a row's columns: as they will be, and as they are where the row is there. */
export interface Values {
  readonly next: (column: Column) => Sql;
  readonly now?: (column: Column) => Sql;
}

/**
 * By keys that come to lead to rows which the caller may not read: they are as good as not there.
 *
 * @param through keys that lead to rows of the same write, whatever may be read of these
 */
export function keyRefusals(
  table: Table,
  written: readonly Written[],
  values: Values,
  scope: Scope,
  through: readonly OneRelation[] = [],
): readonly Refusal[] {
  if (!scope.eyes.see) return [];
  const isWritten = ({ columns }: OneRelation) =>
    columns.some(({ name }) => written.some((each) => each.name === name));
  return foreignKeysOf(table)
    .filter((relation) => !through.includes(relation) && isWritten(relation) && hidesKeys(relation, scope))
    .map((relation) => ({
      word: `foreign!${table.name}!${relation.columns.map(({ name }) => name).join(",")}`,
      when: leadsToHidden(relation, values, scope),
    }));
}

/** Whether there are rows that the relation may lead to and that are not seen, or not by what it leads to them by. */
function hidesKeys({ to, references }: OneRelation, { eyes }: Scope): boolean {
  return hidesRows(to, eyes) || references.some((column) => isGuarded(column, eyes));
}

/** That a key is written which leads to no row that is seen. A new row may refer to itself. */
function leadsToHidden({ from, to, columns, references }: OneRelation, { next, now }: Values, scope: Scope): Sql {
  const parent: Scope = { ...innerScope(scope, to), few: true };
  const there = columns.map((column) => sequence("(", next(column), ") IS NOT NULL"));
  const others = now ?? (from === to ? (column: Column) => next(references[columns.indexOf(column)]!) : undefined);
  const moved = others
    ? [
        join(
          " OR ",
          columns.flatMap((column) => [
            sequence("(", next(column), ") IS NOT ", others(column)),
            // what somebody may not read is not told by what they write
            ...(now ? unknown(column, scope) : []),
          ]),
        ),
      ]
    : [];
  const same = references.map((column, at) => sequence(`${columnSql(column, parent)} = `, next(columns[at]!)));
  const seen = sequence("NOT EXISTS (SELECT 1 FROM ", tableSql(to, parent), " WHERE ", join(" AND ", same), ")");
  return join(" AND ", [...there, ...moved, seen]);
}

function unknown(column: Column, scope: Scope): readonly Sql[] {
  const known = knownColumn(column, scope, conditionSql);
  return known === undefined ? [] : [sequence("(", known, ") IS NOT TRUE")];
}
