import type { Condition, Operand } from "../ir/condition.ts";
import type { OrderTerm, Selection } from "../ir/operation.ts";
import { termName } from "../ir/orders.ts";
import { type Change, change, inNew } from "./change.ts";
import type { Comparison } from "./comparison.ts";
import { compareConditions } from "./conditions.ts";
import { operandText } from "./conditionText.ts";
import { measureChanges } from "./measures.ts";
import { keyed, pair } from "./pairs.ts";
import { forCallersOf } from "./presence.ts";

/** What says which rows are met, and how they come: an operation's own, or those of a relation under `with`. */
interface Rows {
  readonly where?: Condition;
  readonly orderBy?: readonly OrderTerm[];
  readonly limit?: Operand;
  readonly offset?: Operand;
}

/**
 * How the rows that are met differ.
 *
 * @param subject the operation, and the relations that lead to nested rows
 */
export function rowChanges(before: Rows, after: Rows, subject: string, of: Comparison): readonly Change[] {
  return [
    ...whereChange(before.where, after.where, subject, of),
    ...orderChange(before.orderBy, after.orderBy, subject, of),
    ...(before.limit && after.limit ? partChange("limit", before.limit, after.limit, subject, of) : []),
    ...partChange("offset", before.offset, after.offset, subject, of),
  ];
}

/** The same of every relation that both load; what is loaded on one side only is told of the result. */
export function nestedChanges(before: Selection, after: Selection, subject: string, of: Comparison): readonly Change[] {
  const rows = pair(byName(before.with), byName(after.with)).kept.flatMap(([old, now]) => {
    const inner = `${subject}.${now.name}`;
    return [...rowChanges(old, now, inner, of), ...nestedChanges(old.selection, now.selection, inner, of)];
  });
  const aggregates = pair(byName(before.aggregates ?? []), byName(after.aggregates ?? [])).kept;
  return [
    ...rows,
    ...aggregates.flatMap(([old, now]) => {
      const inner = `${subject}.${now.name}`;
      return [...rowChanges(old, now, inner, of), ...measureChanges(old.measures, now.measures, inner, of)];
    }),
  ];
}

const byName = <T extends { readonly name: string }>(of: readonly T[]) => keyed(of, ({ name }) => name);

const whereCodes = { looser: "operation/looser", tighter: "operation/tighter", other: "operation/where" } as const;

function whereChange(
  written: Condition | undefined,
  rewritten: Condition | undefined,
  subject: string,
  { before, after, matching }: Comparison,
): Change[] {
  const old = forCallersOf(after.args, written);
  const now = forCallersOf(before.args, rewritten);
  const { grant, words } = compareConditions(old, now, matching.nameOf);
  return grant === "same" ? [] : [change(whereCodes[grant], subject, inNew(after), [subject, words])];
}

/** A list that is no list any more has no order: that is told as another result. */
function orderChange(
  before: readonly OrderTerm[] | undefined,
  after: readonly OrderTerm[] | undefined,
  subject: string,
  { after: operation, matching }: Comparison,
): Change[] {
  if (!before || !after) return [];
  const old = before.map((term) => termText(term, "column" in term ? matching.nameOf(term.column) : termName(term)));
  const now = after.map((term) => termText(term, termName(term)));
  const [oldText, newText] = [old.join(", "), now.join(", ")];
  return oldText === newText ? [] : [change("operation/order", subject, inNew(operation), [subject, oldText, newText])];
}

function termText(term: OrderTerm, name: string): string {
  const nulls = "nulls" in term ? ` (nulls ${term.nulls})` : "";
  return `${term.descending ? "-" : ""}${name}${nulls}`;
}

/** Which part of the rows comes; no `offset` is none. */
function partChange(
  what: "limit" | "offset",
  before: Operand | undefined,
  after: Operand | undefined,
  subject: string,
  { after: operation, matching }: Comparison,
): Change[] {
  const old = before ? operandText(before, matching.nameOf) : "0";
  const now = after ? operandText(after, matching.nameOf) : "0";
  if (old === now) return [];
  const at = inNew(operation);
  if (what === "offset" || before?.kind !== "constant" || after?.kind !== "constant")
    return [change("operation/limit", subject, at, [subject, what, old, now])];
  const code = Number(old) > Number(now) ? "operation/fewer-rows" : "operation/more-rows";
  return [change(code, subject, at, [subject, old, now])];
}
