import { quoteName } from "../plan/quote.ts";
import { rowsAsCopied } from "./copy.ts";
import type { Finding } from "./finding.ts";
import type { TablePair } from "./match.ts";
import type { IndexSchema, TableSchema } from "./schema.ts";

/**
 * Rows that would break a check, a unique index or a foreign key that is new. SQLite refuses them by itself; this tells before, in
 * the manifest's words.
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
  const texts = new Set([...before.checks, ...before.columns.flatMap(({ checks }) => checks)].map(({ sql }) => sql));
  const isNew = ({ name, sql }: { name: string; sql: string }): boolean => !texts.has(sql) && !name.endsWith(".type");
  const kept = pair.columns.pairs.flatMap(({ after }) =>
    after.checks.filter(isNew).map(({ name, sql }) => {
      const what = `holds a value that breaks its ${name.slice(name.lastIndexOf(".") + 1)}`;
      return unfit(pair, what, `WHERE NOT (${sql})`, after.label);
    }),
  );
  const checks = pair.after.checks.filter(isNew).map(({ name, sql }) => {
    return unfit(pair, `has rows that break the check "${name}"`, `WHERE NOT (${sql})`);
  });
  return [...kept, ...checks];
}

function uniqueFindings(pair: TablePair, before: TableSchema): Finding[] {
  const shape = ({ parts, where }: IndexSchema): string => JSON.stringify([parts.map(withoutDirection), where]);
  const had = new Set(before.indexes.filter(({ unique }) => unique).map(shape));
  const added = pair.after.indexes.filter((index) => index.unique && !had.has(shape(index)));
  return added.map((index) => {
    const parts = index.parts.map(withoutDirection);
    const wholly = [
      ...(index.where === undefined ? [] : [`(${index.where})`]),
      ...parts.map((part) => `${part} IS NOT NULL`),
    ];
    const equals = `SELECT count(*) AS n FROM (${rowsAsCopied(pair)}) WHERE ${wholly.join(" AND ")} GROUP BY ${parts.join(", ")}`;
    const count = `SELECT coalesce(sum(n), 0) FROM (${equals}) WHERE n > 1`;
    const column = pair.after.columns.find(({ name }) => parts.length === 1 && quoteName(name) === parts[0])?.label;
    const what =
      column === undefined
        ? `has rows that are equal where "${index.name}" must be unique`
        : "is unique now, and values stand in it twice";
    return { ...unfit(pair, what, "", column), count };
  });
}

function withoutDirection(part: string): string {
  return part.replace(/ DESC$/, "");
}

function referenceFindings(pair: TablePair, before: TableSchema, pairs: readonly TablePair[]): Finding[] {
  const had = new Set(
    before.foreignKeys.map(({ columns, table, references }) => JSON.stringify([columns, table, references])),
  );
  const added = pair.after.foreignKeys.filter(
    ({ columns, table, references }) => !had.has(JSON.stringify([columns, table, references])),
  );
  return added.flatMap(({ columns, table, references }) => {
    const kept = new Set(pair.columns.pairs.map(({ after }) => after.name));
    const target = pairs.find(({ after }) => after.name === table);
    if (!columns.every((column) => kept.has(column))) return [];
    const set = columns.map((column) => `child.${quoteName(column)} IS NOT NULL`).join(" AND ");
    const matches = columns
      .map((column, at) => `parent.${quoteName(references[at]!)} = child.${quoteName(column)}`)
      .join(" AND ");
    const there = target ? ` AND NOT EXISTS (SELECT 1 FROM (${rowsAsCopied(target)}) AS parent WHERE ${matches})` : "";
    const label = pair.after.columns.find(({ name }) => name === columns[0])!.label;
    return [
      unfit(
        pair,
        `leads to "${target?.after.label ?? table}" now, and rows hold a key that is not there`,
        `AS child WHERE ${set}${there}`,
        label,
      ),
    ];
  });
}

/** @param rest of a SELECT over the rows as they will be */
function unfit(pair: TablePair, what: string, rest: string, column?: string): Finding {
  const count = `SELECT count(*) FROM (SELECT 1 FROM (${rowsAsCopied(pair)}) ${rest})`;
  return { kind: "unfit", table: pair.after.label, ...(column !== undefined && { column }), what, count };
}
