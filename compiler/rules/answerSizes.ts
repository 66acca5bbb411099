import type { App } from "../ir/app.ts";
import type { Operand } from "../ir/condition.ts";
import type { Operation, Selection } from "../ir/operation.ts";
import type { Rule } from "./rule.ts";

/** Rows nested in rows multiply: an answer that could have too many of them is refused before somebody asks for it. */
export const answerSizes: Rule = ({ operations, database }, report) => {
  for (const operation of operations.values()) {
    const rows = rowsOf(operation, database);
    if (rows <= database.maxRows) continue;
    const { place, body } = operation;
    report("operation/too-many-rows", place.at(body.kind), [rows, database.maxRows], { at: "key" });
  }
};

/** The most rows of an answer on the deepest way; a read without rows in rows is held by its own limit. */
function rowsOf({ body, args }: Operation, { maxLimit }: App["database"]): number {
  const atMost = (limit: Operand | undefined): number => {
    if (limit?.kind === "constant") return Number(limit.value);
    if (limit?.kind !== "argument") return 1;
    const { type } = args.get(limit.path[0]!) ?? limit.of;
    const maximum = limit.path.length === 1 && "maximum" in type ? Number(type.maximum ?? maxLimit) : maxLimit;
    return Math.min(maximum, maxLimit);
  };
  const within = ({ with: nested }: Selection): number =>
    Math.max(1, ...nested.map(({ limit, selection }) => atMost(limit) * within(selection)));
  if (body.kind === "list") return atMost(body.limit) * within(body.selection);
  if (body.kind === "page") return body.size.max * within(body.selection);
  return body.kind === "get" ? within(body.selection) : 1;
}
