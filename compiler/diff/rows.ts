import type { Condition, Operand } from "../ir/condition.ts";
import type { NestedSelection, Operation, OrderTerm } from "../ir/operation.ts";
import { type Change, change, inNew } from "./change.ts";
import { compareConditions, ownName } from "./conditions.ts";
import { operandText } from "./conditionText.ts";
import type { Matching } from "./matching.ts";
import { keyed, pair } from "./pairs.ts";

/** What says which rows are met, and how they come: an operation's own, or those of a relation under `with`. */
interface Rows {
  readonly where?: Condition | undefined;
  readonly orderBy?: readonly OrderTerm[] | undefined;
  readonly limit?: Operand | undefined;
  readonly offset?: Operand | undefined;
}

/**
 * How the rows that are met differ.
 *
 * @param subject the operation, and the relations that lead to nested rows
 */
export function rowChanges(
  before: Rows,
  after: Rows,
  subject: string,
  operation: Operation,
  matching: Matching,
): readonly Change[] {
  return [
    ...whereChange(before.where, after.where, subject, operation, matching),
    ...orderChange(before.orderBy, after.orderBy, subject, operation, matching),
    ...limitChange("limit", before.limit, after.limit, subject, operation, matching),
    ...limitChange("offset", before.offset, after.offset, subject, operation, matching),
  ];
}

/** The same of every relation that both load; what is loaded on one side only is told of the result. */
export function nestedChanges(
  before: readonly NestedSelection[],
  after: readonly NestedSelection[],
  subject: string,
  operation: Operation,
  matching: Matching,
): readonly Change[] {
  const byName = (nested: readonly NestedSelection[]) => keyed(nested, ({ name }) => name);
  return pair(byName(before), byName(after)).kept.flatMap(([old, now]) => {
    const inner = `${subject}.${now.name}`;
    return [
      ...rowChanges(old, now, inner, operation, matching),
      ...nestedChanges(old.selection.with, now.selection.with, inner, operation, matching),
    ];
  });
}

function whereChange(
  before: Condition | undefined,
  after: Condition | undefined,
  subject: string,
  operation: Operation,
  { nameOf }: Matching,
): Change[] {
  const { grant, words } = compareConditions(before, after, nameOf);
  if (grant === "same") return [];
  return [change(whereCodes[grant], subject, inNew(operation), [subject, words])];
}

const whereCodes = { looser: "operation/looser", tighter: "operation/tighter", other: "operation/where" } as const;

/** A list that is no list any more has no order: that is told as another result. */
function orderChange(
  before: readonly OrderTerm[] | undefined,
  after: readonly OrderTerm[] | undefined,
  subject: string,
  operation: Operation,
  { nameOf }: Matching,
): Change[] {
  if (!before || !after) return [];
  const old = before.map((term) => termText(term, nameOf(term.column))).join(", ");
  const now = after.map((term) => termText(term, term.column.name)).join(", ");
  return old === now ? [] : [change("operation/order", subject, inNew(operation), [subject, old, now])];
}

function termText({ descending, nulls }: OrderTerm, name: string): string {
  return `${descending ? "-" : ""}${name}${nulls ? ` (nulls ${nulls})` : ""}`;
}

function limitChange(
  what: "limit" | "offset",
  before: Operand | undefined,
  after: Operand | undefined,
  subject: string,
  operation: Operation,
  { nameOf }: Matching,
): Change[] {
  if (what === "limit" && (!before || !after)) return [];
  const old = before ? operandText(before, nameOf) : "0";
  const now = after ? operandText(after, ownName) : "0";
  if (old === now) return [];
  const at = inNew(operation);
  if (what === "offset" || before?.kind !== "constant" || after?.kind !== "constant")
    return [change("operation/limit", subject, at, [subject, what, old, now])];
  const code = Number(old) > Number(now) ? "operation/fewer-rows" : "operation/more-rows";
  return [change(code, subject, at, [subject, old, now])];
}
