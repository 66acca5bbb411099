import { foreignKeysOf } from "./foreignKeys.ts";
import { columnsOf, keyOf, type Manifest, tablesOf } from "./manifest.ts";
import type { Row, Tables } from "./rows.ts";
import { same } from "./value.ts";

/** What the rows of all tables break: codes of refusals. */
export function broken(manifest: Manifest, tables: Tables): readonly string[] {
  const codes = new Set<string>();
  for (const table of tablesOf(manifest)) {
    const rows = tables[table]!;
    const unique = [
      keyOf(manifest, table),
      ...foreignKeysOf(manifest, table)
        .filter((key) => key.unique)
        .map((key) => key.from),
    ];
    if (unique.some((columns) => hasTwins(rows, columns))) codes.add("unique_violation");
    if (!foreignKeysOf(manifest, table).every((key) => rows.every((row) => leads(row, key, tables))))
      codes.add("foreign_key_violation");
    if (!rows.every((row) => isInRange(row, columnsOf(manifest, table)))) codes.add("check_violation");
  }
  return [...codes];
}

/** Nulls are no twins. */
function hasTwins(rows: readonly Row[], columns: readonly string[]): boolean {
  const full = rows.filter((row) => columns.every((name) => row[name] !== null));
  return full.some((row, index) =>
    full.some((other, at) => at < index && columns.every((name) => same(row[name]!, other[name]!))),
  );
}

function leads(row: Row, { from, to, references }: ReturnType<typeof foreignKeysOf>[number], tables: Tables): boolean {
  if (from.some((name) => row[name] === null)) return true;
  return tables[to]!.some((other) => from.every((name, index) => same(row[name]!, other[references[index]!]!)));
}

/** "A result beyond the safe integers is refused", and what 64 bits do not hold. */
function isInRange(row: Row, columns: ReturnType<typeof columnsOf>): boolean {
  return Object.entries(columns).every(([name, { kind }]) => {
    const value = row[name]!;
    if (value === null) return true;
    if (kind === "integer") return Number.isSafeInteger(value);
    if (kind === "number") return Number.isFinite(value);
    if (kind === "bigint" || kind === "decimal") return BigInt.asIntN(64, value as bigint) === value;
    return true;
  });
}
