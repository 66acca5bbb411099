import type { Sql } from "../../runtime/server/plan.ts";
import type { Condition } from "../ir/condition.ts";
import type { ManyToManyRelation, Relation } from "../ir/table.ts";
import { knownLink } from "./guarded.ts";
import { columnsOf, equal, type Link, linkColumns, linkOf, tuple } from "./link.ts";
import { innerScope, relatedScope, type Scope, tableSql, type WriteCondition } from "./scope.ts";
import { join, sequence } from "./sql.ts";

/** Rows of a relation: what stands behind FROM, and what must hold. */
export interface RelatedRows {
  readonly from: Sql;
  readonly conditions: readonly Sql[];
}

/** The rows of a relation that meet a condition, each of them once; they go by the scope `inner`. */
export function relatedRows(
  { relation, where }: { readonly relation: Relation; readonly where?: Condition | undefined },
  outer: Scope,
  inner: Scope,
  write: WriteCondition,
): RelatedRows {
  const further = [...knownLink(linkColumns(relation), outer, write), ...(where ? [write(where, inner)] : [])];
  if (relation.kind === "manyToMany" && mayRepeat(relation)) {
    return { from: tableSql(relation.to, inner), conditions: [linkedOnce(relation, outer, inner), ...further] };
  }
  const link = linkOf(relation, outer, inner);
  return { from: link.from, conditions: [equal(link.inner, link.outer), ...further] };
}

/**
 * All rows of a relation that meet a condition, whichever row they belong to, where no index finds those of one row; undefined where one
 * does, or where a row may come twice.
 */
export function groupedRows(
  { relation, where }: { readonly relation: Relation; readonly where?: Condition | undefined },
  outer: Scope,
  inner: Scope,
  write: WriteCondition,
): (RelatedRows & Pick<Link, "inner" | "outer">) | undefined {
  if (relation.kind === "manyToMany" && mayRepeat(relation)) return;
  const link = linkOf(relation, outer, inner);
  return link.indexed ? undefined : { ...link, conditions: where ? [write(where, inner)] : [] };
}

/** The rows at the end of a way of relations, once for each way that leads to them. There is one relation at least. */
export function rowsAlong(
  relations: readonly Relation[],
  outer: Scope,
  write: WriteCondition,
): RelatedRows & { readonly scope: Scope } {
  let scope = outer;
  const steps = relations.map((relation) => {
    const inner = relatedScope(scope, relation);
    const rows = relatedRows({ relation }, scope, inner, write);
    scope = inner;
    return rows;
  });
  const conditions = steps.flatMap((step) => step.conditions);
  const from = join(
    ", ",
    steps.map((step) => step.from),
  );
  return { from, conditions, scope };
}

/** Whether a junction may link the same two rows twice. */
function mayRepeat({ junction, near, far }: ManyToManyRelation): boolean {
  const pair = [...near.columns, ...far.columns];
  return !junction.uniqueKeys.some((key) => key.every((column) => pair.includes(column)));
}

function linkedOnce({ junction, near, far }: ManyToManyRelation, outer: Scope, scope: Scope): Sql {
  const middle = innerScope(scope, junction);
  const columns = columnsOf(far.columns, middle).join(", ");
  const here = equal(columnsOf(near.columns, middle), columnsOf(near.references, outer));
  const select = `${tuple(columnsOf(far.references, scope))} IN (SELECT ${columns} FROM `;
  return sequence(select, tableSql(junction, middle), ` WHERE ${here})`);
}
