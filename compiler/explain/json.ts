import type { Operation } from "../ir/operation.ts";
import { valueText } from "../ir/valueText.ts";
import type { Explanation } from "./explain.ts";
import { argumentNotes, resultText } from "./format.ts";
import { indexName } from "./words.ts";

/** An operation and its explanation as data. */
export function explanationJson(operation: Operation, explanation: Explanation | undefined) {
  const { kind, name, description, args, body } = operation;
  return {
    kind,
    name,
    ...(description !== undefined && { description }),
    arguments: [...args.values()].map((argument) => ({
      name: argument.name,
      type: valueText(argument),
      optional: argument.optional,
      notes: argumentNotes(argument),
    })),
    result: resultText(operation),
    ...(body.kind === "handler" && { handler: { module: body.module, export: body.export } }),
    ...(explanation && statementJson(explanation)),
  };
}

function statementJson({ sql, guard, variations, plans, indexes, advice }: Explanation) {
  return {
    sql,
    ...(guard !== undefined && { guard }),
    variations,
    plans,
    indexes: indexes.map((index) => ({
      table: index.table.name,
      name: index.sqlName ?? null,
      over: indexName(index),
      columns: index.columns.map((column) => column?.name ?? null),
    })),
    advice: advice.map(({ table, columns, because }) => ({ table: table.name, index: columns, because })),
  };
}
