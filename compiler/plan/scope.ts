import type { Column } from "../ir/table.ts";
import { quoteName } from "./quote.ts";

/**
 * How constants are written. Those of a manifest stand in the text, where SQLite can compare them with the condition of a partial
 * index; those of a handler's call are parameters, so that its texts repeat.
 */
export type Constants = "inline" | "bind";

/** The row that an expression speaks of. */
export interface Scope {
  /** what qualifies its columns: an alias, or the quoted name of a table that is written to */
  readonly row: string;
  readonly constants: Constants;
  /** a name that no other row of the statement has */
  readonly nextAlias: () => string;
}

/** The scope of a statement that reads: its row is `t0`. */
export function readScope(constants: Constants): Scope {
  const nextAlias = aliases();
  return { row: nextAlias(), constants, nextAlias };
}

/** The scope of a statement that writes to a table: RETURNING knows no alias, so the row goes by the table's own name. */
export function writeScope(table: { readonly sqlName: string }, constants: Constants): Scope {
  return { row: quoteName(table.sqlName), constants, nextAlias: aliases(table.sqlName) };
}

/** The scope of an index's condition: its own row alone, columns without a qualifier, constants in the text. */
export const indexScope: Scope = {
  row: "",
  constants: "inline",
  nextAlias: () => {
    throw new Error("An index's condition speaks of its own row only");
  },
};

/** A further row inside the statement. */
export function innerScope({ constants, nextAlias }: Scope): Scope {
  return { row: nextAlias(), constants, nextAlias };
}

/** A column of the scope's row. */
export function columnSql(column: Column, scope: Scope): string {
  return scope.row === "" ? quoteName(column.sqlName) : `${scope.row}.${quoteName(column.sqlName)}`;
}

/** `"users" AS t1` */
export function tableSql(table: { readonly sqlName: string }, scope: Scope): string {
  return `${quoteName(table.sqlName)} AS ${scope.row}`;
}

/** t0, t1, …, without the one that a table already goes by. */
function aliases(taken?: string): () => string {
  let next = 0;
  return () => {
    const alias = `t${next++}`;
    return alias === taken?.toLowerCase() ? `t${next++}` : alias;
  };
}
