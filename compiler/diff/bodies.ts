import type { Body, BodyKind, Operation } from "../ir/operation.ts";
import { statementText } from "../ir/statement.ts";
import { type Change, change, inNew } from "./change.ts";
import type { Comparison } from "./comparison.ts";
import { dataChanges, isData } from "./dataBodies.ts";
import { afterChange, elseChange, stepsChanges } from "./steps.ts";

type BodyOf<K extends BodyKind> = Extract<Body, { kind: K }>;

/** What an operation does; arguments, result and errors are told on their own. */
export function bodyChanges(of: Comparison): readonly Change[] {
  const [before, after] = [of.before.body, of.after.body];
  return [
    ...verbChange(before, after, of.after),
    ...(isData(before) && isData(after) ? dataChanges(before, after, of) : []),
    ...(before.kind === "steps" && after.kind === "steps" ? stepsChanges(before, after, of) : []),
    ...(before.kind === "handler" && after.kind === "handler" ? handlerChange(before, after, of.after) : []),
    ...(before.kind === "sql" && after.kind === "sql" ? statementChange(before, after, of.after) : []),
    ...elseChange(of),
    ...afterChange(of),
  ];
}

function verbChange({ kind: before }: Body, { kind: after }: Body, operation: Operation): Change[] {
  if (before === after) return [];
  return [change("operation/verb", operation.name, inNew(operation), [operation.name, before, after])];
}

function handlerChange(before: BodyOf<"handler">, after: BodyOf<"handler">, operation: Operation): Change[] {
  const [old, now] = [before, after].map((handler) => `${handler.module}#${handler.export}`) as [string, string];
  return old === now ? [] : [change("operation/handler", operation.name, inNew(operation), [operation.name, old, now])];
}

function statementChange(before: BodyOf<"sql">, after: BodyOf<"sql">, operation: Operation): Change[] {
  return statementText(before.text) === statementText(after.text)
    ? []
    : [change("operation/sql", operation.name, inNew(operation), [operation.name])];
}
