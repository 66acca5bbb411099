import type { Assignment } from "../ir/assignment.ts";
import type { Body, Expectation, Operation } from "../ir/operation.ts";
import { type Change, change, inNew, inOld, type Standing } from "./change.ts";
import type { Comparison } from "./comparison.ts";
import { conditionText, type Naming } from "./conditionText.ts";
import { eachText, type TableNaming } from "./eachText.ts";
import { keyed, pair } from "./pairs.ts";
import { relationTexts } from "./relationWrites.ts";
import { writtenText } from "./writtenText.ts";

type Write = Extract<Body, { kind: "insert" | "update" | "upsert" | "delete" }>;

/** What a write leaves behind, and how many rows it must meet. */
export function writeChanges(before: Write, after: Write, { before: earlier, after: operation, matching }: Comparison) {
  const { nameOf } = matching;
  const old = keyed(assignmentsOf(before, operation), ({ column }) => nameOf(column));
  const now = keyed(assignmentsOf(after, earlier), ({ column }) => column.name);
  const { removed, added, kept } = pair(old, now);
  return [
    ...removed.map((was) =>
      writeChange(operation, nameOf(was.column), inOld(was), writtenText(was, nameOf), undefined),
    ),
    ...added.map((is) => writeChange(operation, is.column.name, inNew(is), undefined, writtenText(is, nameOf))),
    ...kept.flatMap(([was, is]) => {
      const [value, other] = [writtenText(was, nameOf), writtenText(is, nameOf)];
      return value === other ? [] : [writeChange(operation, is.column.name, inNew(is), value, other)];
    }),
    ...relationChanges(before, after, operation, nameOf),
    ...eachChange(before, after, operation, nameOf),
    ...(before.kind === "upsert" && after.kind === "upsert" ? upsertChange(before, after, operation, nameOf) : []),
    ...expectationChange(expectationOf(before), expectationOf(after), operation),
  ];
}

/** What comes and goes with an argument that the other side does not have is told of the argument. */
function assignmentsOf(write: Write, other: Operation): readonly Assignment[] {
  if (write.kind === "delete") return [];
  return write.assignments.filter(({ value }) => value.kind !== "argument" || other.args.has(value.path[0]!));
}

const expectationOf = (write: Write): Expectation | undefined => ("expect" in write ? write.expect : undefined);

function writeChange(
  { name }: Operation,
  column: string,
  at: Standing,
  before: string | undefined,
  after: string | undefined,
): Change {
  return change("operation/writes", `${name}.${column}`, at, [name, column, before, after]);
}

/** Rows of other tables, and links. */
function relationChanges(before: Write, after: Write, operation: Operation, nameOf: Naming): Change[] {
  const old = relationTexts(before, nameOf);
  const now = relationTexts(after, ({ name }) => name);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((relation) => {
    const [was, is] = [old.get(relation), now.get(relation)];
    return was === is ? [] : [writeChange(operation, relation, inNew(operation), was, is)];
  });
}

function eachChange(before: Write, after: Write, operation: Operation, nameOf: TableNaming): Change[] {
  const old = before.each && eachText(before.each, nameOf);
  const now = after.each && eachText(after.each, ({ name }) => name);
  return old === now ? [] : [change("operation/each", operation.name, inNew(operation), [operation.name, old, now])];
}

type Upsert = Extract<Body, { kind: "upsert" }>;

function upsertChange(before: Upsert, after: Upsert, operation: Operation, nameOf: Naming): Change[] {
  const old = upsertText(before, nameOf);
  const now = upsertText(after, ({ name }) => name);
  return old === now ? [] : [change("operation/upsert", operation.name, inNew(operation), [operation.name, old, now])];
}

/** What becomes of a row that is there. */
function upsertText({ conflict, set }: Upsert, nameOf: Naming): string {
  const columns = conflict.columns.map((column) => `"${nameOf(column)}"`).join(" and ");
  const among = conflict.where ? ` where ${conditionText(conflict.where, nameOf)}` : "";
  const written = set?.map((assignment) => `"${nameOf(assignment.column)}" set to ${writtenText(assignment, nameOf)}`);
  const gets = !written
    ? "gets what is inserted"
    : written.length === 0
      ? "stays as it is"
      : `has ${written.join(", ")}`;
  return `the row with the same ${columns}${among} ${gets}`;
}

function expectationChange(
  before: Expectation | undefined,
  after: Expectation | undefined,
  operation: Operation,
): Change[] {
  const [old, now] = [expectationText(before), expectationText(after)];
  return old === now
    ? []
    : [change("operation/expect", operation.name, inNew(after ?? operation), [operation.name, old, now])];
}

function expectationText(expectation: Expectation | undefined): string {
  if (!expectation) return "any number of rows";
  const { minimum, maximum } = expectation;
  if (minimum === maximum) return minimum === 1 ? "one row" : minimum === 0 ? "no row" : `${minimum} rows`;
  if (maximum === undefined) return minimum === 1 ? "at least one row" : `at least ${minimum} rows`;
  return `${minimum} to ${maximum} rows`;
}
