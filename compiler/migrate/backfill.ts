import { tokens } from "../ir/sqlText.ts";
import { quoteName } from "../plan/quote.ts";
import type { Finding } from "./finding.ts";
import type { TablePair } from "./match.ts";
import type { ColumnSchema } from "./schema.ts";

/** A column's backfill as an expression over a row of the last version; what is found are names that no such row has. */
export function backfillOf(
  { label, backfill }: ColumnSchema,
  { before, after, columns }: TablePair,
): { readonly sql?: string; readonly findings: readonly Finding[] } {
  if (!backfill) return { findings: [] };
  if (backfill.names === "none") return { sql: backfill.sql, findings: [] };
  const known = new Map([
    ...columns.pairs.map((pair) => [pair.after.label, pair.before.name] as const),
    ...before.columns.map((column) => [column.label, column.name] as const),
  ]);
  const all = tokens(backfill.sql);
  const unknown = all.flatMap((token) => (token.kind === "quoted" && !known.has(token.name) ? [token.name] : []));
  const sql = all.map((token) =>
    token.kind === "quoted" ? quoteName(known.get(token.name) ?? token.name) : token.text,
  );
  const findings = unknown.map((name) => {
    const what = `has a backfill that speaks of "${name}", which rows did not have before`;
    return { kind: "wrong", table: after.label, column: label, what, count: "SELECT 1" } as const;
  });
  return { sql: `(${sql.join("")})`, findings };
}

/** Ids are made by the Worker: rows that are there get random ones in SQL, a uuid of version 4. */
export function freshValue({ generated }: ColumnSchema): string | undefined {
  const random = (bytes: number): string => `lower(hex(randomblob(${bytes})))`;
  if (generated === "nanoid") return `substr(${random(11)}, 1, 21)`;
  if (generated === undefined) return undefined;
  const variant = `substr('89ab', 1 + abs(random() % 4), 1) || substr(${random(2)}, 2)`;
  return [random(4), random(2), `'4' || substr(${random(2)}, 2)`, variant, random(6)].join(" || '-' || ");
}
