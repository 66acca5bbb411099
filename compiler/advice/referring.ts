import type { Operation, StepBody } from "../ir/operation.ts";
import type { OneRelation, Table } from "../ir/table.ts";
import type { Place } from "../manifest/place.ts";

/** A foreign key by which SQLite looks for rows that refer to those that go, or whose key changes. */
export interface Referring {
  readonly relation: OneRelation;
  readonly place: Place;
}

/** The foreign keys of an App, by the table that they lead to. */
export type References = ReadonlyMap<Table, readonly OneRelation[]>;

/** The foreign keys that an operation has SQLite look by: those that lead to what it deletes, and on where a delete deletes more. */
export function referringTo({ body, place }: Operation, references: References): readonly Referring[] {
  if (body.kind === "steps")
    return body.steps.flatMap((step) => referringToBody(step.body, step.place.at(step.body.kind), references));
  return body.kind === "sql" || body.kind === "handler" ? [] : referringToBody(body, place.at(body.kind), references);
}

type Asking = StepBody | Exclude<Operation["body"], { kind: "steps" | "sql" | "handler" }>;

function referringToBody(body: Asking, place: Place, references: References): readonly Referring[] {
  if (body.kind === "delete") return [...deleted(body.table, references)].map((relation) => ({ relation, place }));
  if (body.kind !== "update") return [];
  const changed = body.assignments.map(({ column }) => column);
  const touched = ({ references: columns }: OneRelation): boolean => columns.some((column) => changed.includes(column));
  return (references.get(body.table) ?? []).filter(touched).map((relation) => ({ relation, place }));
}

function deleted(table: Table, references: References, seen = new Set<OneRelation>()): ReadonlySet<OneRelation> {
  for (const relation of references.get(table) ?? []) {
    if (seen.has(relation)) continue;
    seen.add(relation);
    if (relation.onDelete === "cascade") deleted(relation.from, references, seen);
  }
  return seen;
}
