import type { BatchStatement } from "../../runtime/server/plan.ts";
import type { Operand } from "../ir/condition.ts";
import type { LinkChange } from "../ir/nestedWrite.ts";
import type { InverseRelation, ManyToManyRelation } from "../ir/table.ts";
import { adoption } from "./adoption.ts";
import { junctionRows, unlinking } from "./junctionRows.ts";
import { missingRows } from "./linkKeys.ts";
import type { Surroundings, WrittenRow } from "./surroundings.ts";

/*
 * Links between rows. A guard before each says which keys lead to no row; linking what is linked already does nothing. A list of keys is
 * one parameter, however long, and two statements.
 */

/** Makes the row lead to rows that are there. */
export function linkRows(
  relation: InverseRelation | ManyToManyRelation,
  keys: readonly Operand[],
  row: WrittenRow,
  inner: Surroundings,
): readonly BatchStatement[] {
  const links =
    relation.kind === "manyToMany" ? junctionRows(relation, keys, row, inner) : adoption(relation, keys, row, inner);
  const ends = relation.kind === "manyToMany" ? relation.far.references : [];
  return [missingRows(relation.to, keys, ends, inner), ...links];
}

/** What an update does with the links of its row. */
export function changeLinks(
  { relation, change, keys }: LinkChange,
  row: WrittenRow,
  inner: Surroundings,
): readonly BatchStatement[] {
  if (change === "add") return linkRows(relation, keys, row, inner);
  if (change === "remove") return unlinking(relation, keys, row, inner, false);
  const linked = linkRows(relation, keys, row, inner);
  return [...linked.slice(0, -1), ...unlinking(relation, keys, row, inner, true), ...linked.slice(-1)];
}
