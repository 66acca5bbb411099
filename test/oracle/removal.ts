import { foreignKeysOf } from "./foreignKeys.ts";
import { type Manifest, tablesOf } from "./manifest.ts";
import type { Row, Tables } from "./rows.ts";
import { same } from "./value.ts";

/** Tables without some rows, after what `onDelete` says of those that refer to them. */
export function removeRows(manifest: Manifest, tables: Tables, table: string, gone: readonly Row[]): Tables {
  let left: Tables = { ...tables, [table]: tables[table]!.filter((row) => !gone.includes(row)) };
  for (const other of tablesOf(manifest))
    for (const { from, to, references, onDelete } of foreignKeysOf(manifest, other)) {
      if (to !== table) continue;
      const refers = (row: Row): boolean =>
        gone.some((target) =>
          from.every((name, index) => row[name] !== null && same(row[name]!, target[references[index]!]!)),
        );
      const referring = left[other]!.filter(refers);
      if (referring.length === 0) continue;
      // what still refers when all is gone restricts it: `broken` tells
      if (onDelete === "restrict") continue;
      if (onDelete === "cascade") {
        left = removeRows(manifest, left, other, referring);
        continue;
      }
      const nulls = Object.fromEntries(from.map((name) => [name, null]));
      left = { ...left, [other]: left[other]!.map((row) => (referring.includes(row) ? { ...row, ...nulls } : row)) };
    }
  return left;
}
