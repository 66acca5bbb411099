import { quoteName } from "../plan/quote.ts";
import type { Reference } from "./surroundings.ts";

/** Something that is there only while tables are built anew. */
export interface Passing {
  readonly table: string;
  readonly create: string;
  readonly drop: string;
}

/** A trigger for each action on delete that foreign keys would take: it ignores what is done to the rows. */
export function guardsOf(references: readonly Reference[]): Passing[] {
  const guards = references.flatMap(({ from, onDelete }): Passing[] => {
    const event = onDelete === "CASCADE" ? "DELETE" : onDelete.startsWith("SET") ? "UPDATE" : undefined;
    if (!event) return [];
    const name = quoteName(`_af_keep_${event.toLowerCase()}_${from}`);
    const create = `CREATE TRIGGER ${name} BEFORE ${event} ON ${quoteName(from)} BEGIN SELECT RAISE(IGNORE); END`;
    return [{ table: from, create, drop: `DROP TRIGGER ${name}` }];
  });
  return [...new Map(guards.map((guard) => [guard.create, guard])).values()];
}

/**
 * An index for each foreign key that has none: SQLite looks for what refers to a row whenever one goes or comes, and would read the
 * whole table each time.
 */
export function lookupsOf(references: readonly Reference[]): Passing[] {
  return references.filter(({ isIndexed }) => !isIndexed).map(({ from, columns }) => lookup(from, columns));
}

export function lookup(table: string, columns: readonly string[]): Passing {
  const name = quoteName(`_af_find_${table}_${columns.join("_")}`);
  const list = columns.map(quoteName).join(", ");
  return {
    table,
    create: `CREATE INDEX ${name} ON ${quoteName(table)} (${list})`,
    drop: `DROP INDEX ${name}`,
  };
}
