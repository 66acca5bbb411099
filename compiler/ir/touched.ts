import type { Assignment } from "./assignment.ts";
import type { Condition, Operand } from "./condition.ts";
import { everyPart } from "./conditionParts.ts";
import type { LinkChange, NestedWrite } from "./nestedWrite.ts";
import type { Body, Operation, Selection, StepBody } from "./operation.ts";
import type { Column, RuleVerb, Table } from "./table.ts";

/** A table that an operation has to do with, and what it does there. */
export interface Touched {
  /** `tasks.project`: relations lead to it */
  readonly path: string;
  readonly table: Table;
  readonly verb: RuleVerb;
  /** columns and links that an update always writes: a rule has to allow all of them */
  readonly writes?: readonly string[];
  /** columns that are answered or may be written; absent: any of them may matter */
  readonly columns?: readonly string[];
}

/** What an operation is about: the tables that it writes, or the one that it reads. Of a handler and of an author's SQL nothing is known. */
export function subjectsOf({ body }: Operation): readonly Touched[] {
  if (body.kind === "sql" || body.kind === "handler") return [];
  if (body.kind === "steps") return body.steps.flatMap((step) => subject(step.body));
  return subject(body);
}

type DataBody = Exclude<Body | StepBody, { kind: "steps" | "sql" | "handler" }>;

function subject(body: DataBody): readonly Touched[] {
  const table = "table" in body ? body.table : body.selection.table;
  const of = (verb: RuleVerb): Touched => ({ path: table.name, table, verb });
  switch (body.kind) {
    case "insert":
      return [
        { ...of("create"), columns: assigned(body.assignments) },
        ...(body.nested ?? []).flatMap((nested) => written(nested, table.name)),
      ];
    case "upsert":
      return [{ ...of("create"), columns: assigned(body.assignments) }, updated(of("update"), body.set ?? [], [])];
    case "update":
      return [updated(of("update"), body.assignments, body.links ?? [])];
    case "delete":
      return [of("delete")];
    default:
      return [of("read")];
  }
}

function updated(touched: Touched, assignments: readonly Assignment[], links: readonly LinkChange[]): Touched {
  const writes = [...alwaysWritten(assignments), ...linked(links)];
  return { ...touched, writes, columns: assigned(assignments) };
}

const assigned = (assignments: readonly Assignment[]): string[] => assignments.map(({ column }) => column.name);

function alwaysWritten(assignments: readonly Assignment[]): string[] {
  return assignments.flatMap(({ column, value }) => {
    const operand = "by" in value ? value.by : value;
    const isOptional = operand.kind === "argument" && operand.optional;
    return isOptional || column.onUpdate ? [] : [column.name];
  });
}

function linked(links: readonly LinkChange[]): string[] {
  return links.map(({ relation }) => relation.name);
}

function written(nested: NestedWrite, path: string): readonly Touched[] {
  const { relation } = nested;
  const own = `${path}.${relation.name}`;
  if (nested.kind === "link") return [{ path: own, table: relation.to, verb: "read" }];
  const inside = (nested.row.nested ?? []).flatMap((each) => written(each, own));
  const columns = assigned(nested.row.assignments);
  return [{ path: own, table: relation.to, verb: "create", columns }, ...inside];
}

/** All tables that an operation has to do with, each way and verb once: what it is about, then what it reads beside that. */
export function touchedBy(operation: Operation): readonly Touched[] {
  const { body } = operation;
  const bodies = body.kind === "steps" ? body.steps.map((step) => step.body) : [body];
  const found = [...subjectsOf(operation), ...bodies.flatMap(read)];
  return [...new Map(found.map((each) => [`${each.verb} ${each.path}`, each])).values()];
}

function read(body: Body | StepBody): readonly Touched[] {
  if (body.kind === "steps" || body.kind === "sql" || body.kind === "handler") return [];
  const table = "table" in body ? body.table : body.selection.table;
  const selection = "returns" in body ? body.returns : body.kind === "check" ? undefined : body.selection;
  const named = [...columnsIn("where" in body ? body.where : undefined), ...(selection?.columns ?? [])];
  const columns = body.kind === "aggregate" ? undefined : named.map(({ name }) => name);
  const own: Touched = { path: table.name, table, verb: "read", ...(columns && { columns }) };
  return [
    ...(body.kind === "insert" ? [] : [own]),
    ...asked("where" in body ? body.where : undefined, table.name),
    ...(selection && body.kind !== "aggregate" ? nestedIn(selection, table.name) : []),
  ];
}

function nestedIn(selection: Selection, path: string): readonly Touched[] {
  const rows = selection.with.flatMap(({ relation, selection: inner, where }): readonly Touched[] => {
    const own = `${path}.${relation.name}`;
    const columns = inner.columns.map(({ name }) => name);
    return [{ path: own, table: relation.to, verb: "read", columns }, ...asked(where, own), ...nestedIn(inner, own)];
  });
  const reckoned = (selection.aggregates ?? []).flatMap(({ relation, where }): readonly Touched[] => {
    const own = `${path}.${relation.name}`;
    return [{ path: own, table: relation.to, verb: "read" }, ...asked(where, own)];
  });
  return [...rows, ...reckoned];
}

/** Columns that a condition speaks of, those of related tables among them. */
function columnsIn(condition: Condition | undefined): readonly Column[] {
  if (!condition) return [];
  return everyPart(condition).flatMap((part) =>
    (Object.values(part) as readonly (Partial<Operand> | undefined)[]).flatMap((value) =>
      value?.kind === "column" && "column" in value ? [value.column as Column] : [],
    ),
  );
}

/** Tables that a condition asks. */
function asked(condition: Condition | undefined, path: string): readonly Touched[] {
  if (!condition) return [];
  return everyPart(condition).flatMap((part): readonly Touched[] =>
    part.kind === "related" ? [{ path: `${path}.${part.relation.name}`, table: part.relation.to, verb: "read" }] : [],
  );
}
