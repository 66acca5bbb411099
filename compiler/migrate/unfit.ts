import { quoteName } from "../plan/quote.ts";
import { copiedColumns, rowsAsCopied } from "./copy.ts";
import type { Finding } from "./finding.ts";
import type { TablePair } from "./match.ts";
import type { CheckSchema, ForeignKeySchema, IndexSchema, TableSchema } from "./schema.ts";

/**
 * Rows that would break a check, a unique index or a foreign key: one that is new, or one over a column whose values change. SQLite
 * refuses them by itself; this tells before, in the manifest's words.
 *
 * @param renamed the same pairs after renaming: what of a constraint has changed only its name is not new
 */
export function constraintFindings(pairs: readonly TablePair[], renamed: readonly TablePair[]): Finding[] {
  return pairs.flatMap((pair, index) => {
    const { before } = renamed[index]!;
    return [...checkFindings(pair, before), ...uniqueFindings(pair, before), ...referenceFindings(pair, before, pairs)];
  });
}

function checkFindings(pair: TablePair, before: TableSchema): Finding[] {
  const had = new Set([...before.checks, ...before.columns.flatMap(({ checks }) => checks)].map(({ sql }) => sql));
  const speaksOfChange = changedColumns(pair);
  const isToTell = ({ sql }: CheckSchema): boolean => !had.has(sql) || speaksOfChange(sql);
  const ofColumns = pair.after.columns.flatMap(({ label, checks, backfill, computed }) =>
    checks
      // what a conversion does not keep is told by itself
      .filter(
        (check) =>
          isToTell(check) && (backfill !== undefined || computed !== undefined || !check.name.endsWith(".type")),
      )
      .map(({ name, sql }) => {
        const what = `holds a value that breaks its ${name.slice(name.lastIndexOf(".") + 1)}`;
        return unfit(pair, what, `WHERE NOT (${sql})`, label);
      }),
  );
  const ofTable = pair.after.checks.filter(isToTell).map(({ name, sql }) => {
    return unfit(pair, `has rows that break the check "${name}"`, `WHERE NOT (${sql})`);
  });
  return [...ofColumns, ...computedFindings(pair), ...ofTable];
}

/** Computed columns that make no value for some rows, and must. */
function computedFindings(pair: TablePair): Finding[] {
  const speaksOfChange = changedColumns(pair);
  return pair.after.columns
    .filter(({ name, computed, nullable }) => computed !== undefined && !nullable && speaksOfChange(quoteName(name)))
    .map(({ name, label }) =>
      unfit(pair, "is computed, and rows make no value for it", `WHERE ${quoteName(name)} IS NULL`, label),
    );
}

function uniqueFindings(pair: TablePair, before: TableSchema): Finding[] {
  const shape = ({ parts, where }: IndexSchema): string => JSON.stringify([parts.map(withoutDirection), where]);
  const had = new Set(before.indexes.filter(({ unique }) => unique).map(shape));
  const speaksOfChange = changedColumns(pair);
  return pair.after.indexes
    .filter((index) => index.unique && (!had.has(shape(index)) || index.parts.some(speaksOfChange)))
    .map((index) => {
      const parts = index.parts.map(withoutDirection);
      const column = pair.after.columns.find(({ name }) => parts.length === 1 && quoteName(name) === parts[0]);
      const what = column
        ? "is unique, and values stand in it twice"
        : `has rows that are equal where "${index.name}" must be unique`;
      return { ...unfit(pair, what, "", column?.label), count: countEqual(pair, parts, index.where) };
    });
}

function countEqual(pair: TablePair, parts: readonly string[], where: string | undefined): string {
  const conditions = [...(where === undefined ? [] : [`(${where})`]), ...parts.map((part) => `${part} IS NOT NULL`)];
  const groups = `SELECT count(*) AS n FROM (${rowsAsCopied(pair)}) WHERE ${conditions.join(" AND ")} GROUP BY ${parts.join(", ")}`;
  return `SELECT coalesce(sum(n), 0) FROM (${groups}) WHERE n > 1`;
}

function withoutDirection(part: string): string {
  return part.replace(/ DESC$/, "");
}

function referenceFindings(pair: TablePair, before: TableSchema, pairs: readonly TablePair[]): Finding[] {
  const shape = ({ columns, table, references }: ForeignKeySchema): string =>
    JSON.stringify([columns, table, references]);
  const had = new Set(before.foreignKeys.map(shape));
  const speaksOfChange = changedColumns(pair);
  const changed = pair.after.foreignKeys.filter(
    (key) => !had.has(shape(key)) || key.columns.some((column) => speaksOfChange(quoteName(column))),
  );
  return changed.map(({ columns, table, references }) => {
    const target = pairs.find(({ after }) => after.name === table);
    const given = columns.map((column) => `child.${quoteName(column)} IS NOT NULL`).join(" AND ");
    const equal = columns.map((column, at) => `parent.${quoteName(references[at]!)} = child.${quoteName(column)}`);
    const parents = target && `SELECT 1 FROM (${rowsAsCopied(target)}) AS parent WHERE ${equal.join(" AND ")}`;
    const label = pair.after.columns.find(({ name }) => name === columns[0])!.label;
    const what = `leads to "${target?.after.label ?? table}", and rows hold a key that is not there`;
    return unfit(pair, what, `AS child WHERE ${given}${parents ? ` AND NOT EXISTS (${parents})` : ""}`, label);
  });
}

/** Tells whether an SQL text speaks of a column whose values do not stay as they are. */
function changedColumns(pair: TablePair): (sql: string) => boolean {
  const before = new Map(pair.columns.pairs.map(({ before, after }) => [after, quoteName(before.name)]));
  const changed = copiedColumns(pair)
    .filter(({ column, sql }) => sql !== undefined && sql !== before.get(column))
    .map(({ column }) => quoteName(column.name));
  const computed = new Map(pair.columns.pairs.map(({ before, after }) => [after, before]));
  for (const column of pair.after.columns) {
    const old = computed.get(column);
    const same = old?.computed === column.computed && old?.nullable === column.nullable;
    if (column.computed !== undefined && (!same || changed.some((name) => column.computed!.includes(name))))
      changed.push(quoteName(column.name));
  }
  return (sql) => changed.some((name) => sql.includes(name));
}

/** @param rest of a SELECT over the rows as they will be */
function unfit(pair: TablePair, what: string, rest: string, column?: string): Finding {
  const count = `SELECT count(*) FROM (SELECT 1 FROM (${rowsAsCopied(pair)}) ${rest})`;
  return { kind: "unfit", table: pair.after.label, ...(column !== undefined && { column }), what, count };
}
