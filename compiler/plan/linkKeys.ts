import type { BatchStatement, Sql } from "../../runtime/server/plan.ts";
import type { Operand } from "../ir/condition.ts";
import type { Column, Table } from "../ir/table.ts";
import type { Constant, Type } from "../ir/type.ts";
import { constantSql } from "./constant.ts";
import { guardSql } from "./expectation.ts";
import { isHidden } from "./guarded.ts";
import { listItems } from "./membership.ts";
import { operandSql, optionalNames } from "./operand.ts";
import { columnSql, readScope, type Scope, tableSql, unnamed } from "./scope.ts";
import { join, sequence, whenSent } from "./sql.ts";
import { type Surroundings, wordsIn } from "./surroundings.ts";

/*
 * Keys of rows that links are to lead to.
 */

/** The scope of a statement over the rows that keys name, and their key in it. */
export function keyed(table: Table, inner: Surroundings): { readonly scope: Scope; readonly key: string } {
  const scope: Scope = { ...readScope(table, unnamed(inner.style)), few: true };
  return { scope, key: columnSql(table.primaryKey[0]!, scope) };
}

/** A statement that gives the keys, none of them null: a list, or values. */
export function keysSql(keys: readonly Operand[], scope: Scope): Sql {
  const [list] = keys;
  if (keys.length === 1 && list!.of.type.kind === "array") return listItems(list!, scope);
  const rows = keys.flatMap((key) =>
    key.of.type.kind === "array"
      ? ((key as Extract<Operand, { kind: "constant" }>).value as readonly Constant[]).map((value) =>
          constantSql(value, itemsOf(key), scope),
        )
      : [whenSent(optionalNames(key), operandSql(key, scope), "NULL")],
  );
  const values = join(
    ", ",
    rows.map((row) => sequence("(", row, ")")),
  );
  return sequence("SELECT column1 FROM (VALUES ", values, ") WHERE column1 IS NOT NULL");
}

function itemsOf({ of: { type } }: Operand): Type {
  if (type.kind !== "array") throw new Error("A list is of an array type");
  return type.items.type;
}

/** Stops the batch where a key leads to no row, or to one that has null where a link would end. */
export function missingRows(
  table: Table,
  keys: readonly Operand[],
  ends: readonly Column[],
  inner: Surroundings,
): BatchStatement {
  const { scope, key } = keyed(table, inner);
  const bare = ends
    .filter((end) => end.nullable || isHidden(end, scope))
    .map((column) => ` AND ${columnSql(column, scope)} IS NOT NULL`);
  const there = sequence("SELECT 1 FROM ", tableSql(table, scope), ` WHERE ${key} = "_af_keys"."key"${bare.join("")}`);
  return {
    step: inner.step,
    sql: guardSql(
      wordsIn(inner)("not_found"),
      sequence(
        'EXISTS (WITH "_af_keys" ("key") AS (',
        keysSql(keys, scope),
        ') SELECT 1 FROM "_af_keys" WHERE NOT EXISTS (',
        there,
        "))",
      ),
    ),
  };
}
