import type { Column } from "../ir/table.ts";
import type { Type } from "../ir/type.ts";
import { conversion } from "../migrate/convert.ts";
import { renameInSql } from "../migrate/renames.ts";
import type { Pairs } from "./pairs.ts";
import type { Widens } from "./types.ts";

/** Where a migration converts every value. */
export const widensInDatabase: Widens = (from, to) => {
  const converts = conversion(typed(from), typed(to));
  return converts !== undefined && converts.fits === undefined;
};

function typed(type: Type): Parameters<typeof conversion>[0] {
  const { kind } = type;
  if (kind === "decimal") return { kind, scale: type.scale };
  return kind === "enum" ? { kind, members: type.enum.members } : { kind };
}

/** Whether two SQL expressions over a table's columns are the same, whatever the columns are called. */
export function isSameSql(before: string, after: string, { kept }: Pairs<Column>): boolean {
  return renameInSql(before, new Map(kept.map(([old, now]) => [old.sqlName, now.sqlName]))) === after;
}
