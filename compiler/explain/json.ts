import type { Operation } from "../ir/operation.ts";
import type { AccessOf } from "./access.ts";
import { personName } from "./accessText.ts";
import type { Explanation, StatementExplanation, StepsExplanation } from "./explain.ts";
import { argumentsOf, resultText } from "./format.ts";
import { indexName } from "./words.ts";

/**
 * An operation and its explanation as data.
 *
 * @param as who calls, and what they may do, where that is asked
 */
export function explanationJson(operation: Operation, explanation: Explanation | undefined, as: AccessOf | undefined) {
  const { kind, name, description, body } = operation;
  return {
    kind,
    name,
    ...(description !== undefined && { description }),
    arguments: argumentsOf(operation),
    result: resultText(operation),
    ...(as && { as: personName(as.person), access: as.access }),
    ...(body.kind === "handler" && { handler: { module: body.module, export: body.export } }),
    ...(explanation && ("steps" in explanation ? stepsJson(explanation) : statementJson(explanation))),
  };
}

function stepsJson({ steps }: StepsExplanation) {
  return { steps: steps.map(({ statements, ...step }) => ({ ...step, statements: statements.map(statementJson) })) };
}

function statementJson(explanation: StatementExplanation): object {
  const { sql, refuses, before, guard, variations, plans, indexes, advice } = explanation;
  return {
    sql,
    ...(refuses && { refuses }),
    ...(before && { before: before.map(statementJson) }),
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
