import type { Column, Table } from "../ir/table.ts";
import { quoteName } from "../plan/quote.ts";

/** What a statement asks of the rows of one alias. */
export interface Uses {
  /** compared by `=`, `IS` or `IN`, in the order of the text */
  readonly equal: readonly Column[];
  /** compared by `<`, `>` and their kin */
  readonly ranged: readonly Column[];
  readonly order: readonly { readonly column: Column; readonly descending: boolean }[];
}

/** Reads off a statement how it uses the columns of an alias. Whether an index could help there, only SQLite can say. */
export function usesOf(sql: string, alias: string, table: Table): Uses {
  const columns = [...table.columns.values()];
  const written = new Map(columns.map((column) => [`${alias}.${quoteName(column.sqlName)}`, column]));
  const among = (pattern: (name: string) => string): Column[] => {
    const places = [...written].flatMap(([name, column]) => {
      const found = new RegExp(pattern(escapeRegExp(name))).exec(sql);
      return found ? [{ column, at: found.index }] : [];
    });
    return places.sort((a, b) => a.at - b.at).map(({ column }) => column);
  };
  const equal = among((name) => `${name} (?:=|IS(?! NOT)|IN) |(?<!\\w)(?:=|IS) ${name}`);
  return {
    equal,
    ranged: among((name) => `${name} [<>]=? `).filter((column) => !equal.includes(column)),
    order: orderOf(sql, written),
  };
}

/** The terms behind the first ORDER BY that speaks of the alias. */
function orderOf(sql: string, written: ReadonlyMap<string, Column>): Uses["order"] {
  const names = [...written.keys()].map(escapeRegExp).join("|");
  const term = `(${names})( DESC)?(?: NULLS (?:FIRST|LAST))?`;
  const list = new RegExp(`ORDER BY (${term}(?:, ${term})*)`).exec(sql)?.[1];
  if (list === undefined) return [];
  return [...list.matchAll(new RegExp(term, "g"))].map(([, name, descending]) => {
    return { column: written.get(name!)!, descending: descending !== undefined };
  });
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
