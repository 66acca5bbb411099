import type { Assignment } from "./assignment.ts";
import type { Operand } from "./condition.ts";
import type { ListOfArgument } from "./items.ts";
import type { InverseRelation, ManyToManyRelation, Relation, Table } from "./table.ts";

/** A row that a write makes, with those that it makes or links beside it. */
export interface NewRow {
  readonly table: Table;
  readonly assignments: readonly Assignment[];
  readonly nested?: readonly NestedWrite[];
}

/** What an insert does with the rows of a relation: each to-one comes before the row, the others behind it, in the order as written. */
export type NestedWrite =
  /** the row, or for each item one, that the relation leads to */
  | { readonly kind: "create"; readonly relation: Relation; readonly row: NewRow; readonly each?: ListOfArgument }
  | {
      readonly kind: "link";
      readonly relation: InverseRelation | ManyToManyRelation;
      readonly keys: readonly Operand[];
    };

/**
 * What an update does with the links of a many-to-many relation. Keys are values of the key of rows that are there, or lists of them.
 * `replace` whose list was not sent leaves all links.
 */
export interface LinkChange {
  readonly relation: ManyToManyRelation;
  readonly change: "add" | "remove" | "replace";
  readonly keys: readonly Operand[];
}
