import type { AuthSettings } from "../../ir/auth.ts";
import { isToMany } from "../../ir/relationKinds.ts";
import type { Column, Relation, Table } from "../../ir/table.ts";
import { typeText } from "../../ir/typeText.ts";
import { isWritableOfUser } from "../../ir/userRules.ts";
import { offer, ref, type Schema } from "./offer.ts";

/** A condition over rows: a map of these properties, a list of conditions, or one of these names. */
export function conditionSchema(self: string, properties: Schema, names: Iterable<string> = []): Schema {
  const named = [...names];
  const several = listOfThe(self);
  return {
    ...(named.length > 0 && offer(named)),
    ...several,
    properties: { ...properties, all: several, any: several, not: ref(self) },
  };
}

/** A list of what has the very schema that the list is in. One branch is a choice: the language server walks down `items` for examples, without end. */
export const listOfThe = (self: string): Schema => ({ items: { anyOf: [ref(self)] } });

/** A relation in a condition. A to-many says which of its rows. */
export function relatedSchema(relation: Relation): Schema {
  const description = describeRelation(relation);
  const condition = ref(`${relation.to.name}.condition`);
  if (!isToMany(relation)) return { description, ...condition };
  return { description, properties: { some: condition, every: condition, none: condition } };
}

/** A column in a line: what its author says, or its type. */
export function describe({ type, nullable, description }: Column): string {
  return description ?? `${typeText(type)}${nullable ? ", or null" : ""}`;
}

/** A relation in a line: what its author says, or where it leads. */
export function describeRelation({ kind, to, description }: Relation): string {
  return description ?? `${kind}: ${to.name}`;
}

/** The columns of a table that a write may name; of users, where people sign in, few. */
export const writable = ({ name, columns }: Table, auth: AuthSettings | undefined): readonly Column[] =>
  [...columns.values()].filter(
    (column) =>
      !column.version && !column.computed && (auth?.tables.users.name !== name || isWritableOfUser(column.name)),
  );

/** The columns of a table that are changed: a key never is. */
export const changeable = (table: Table, auth: AuthSettings | undefined): readonly Column[] =>
  writable(table, auth).filter((column) => !table.primaryKey.includes(column));
