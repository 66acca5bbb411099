import { quoteName, quoteText } from "../plan/quote.ts";
import { copiedColumns } from "./copy.ts";
import { childrenFirst, exchange } from "./exchange.ts";
import { guardsOf, lookup, lookupsOf } from "./guards.ts";
import type { TablePair } from "./match.ts";
import type { TableSchema } from "./schema.ts";
import { createTable, names, said } from "./statements.ts";
import type { Surroundings } from "./surroundings.ts";

/*
 * Tables built anew. Each is copied aside, dropped, created under the same name and filled again, so that nothing that refers to it is
 * ever rewritten. DROP TABLE deletes the rows first, and that runs ON DELETE CASCADE and SET NULL in tables that refer to it, whatever
 * is deferred; so these get a trigger for the while, which ignores what is done to their rows. Their broken references are counted,
 * as deferred constraints are, and are mended when the rows are back. Triggers that somebody wrote are away meanwhile: nothing happens
 * that they should hear of.
 */

/** Copies tables aside, as they are before anything is renamed. */
export function keepAside(rebuilt: readonly TablePair[]): string[] {
  const copies = rebuilt.map(({ before }) => `CREATE TABLE ${kept(before)} AS SELECT * FROM ${quoteName(before.name)}`);
  const counters = rebuilt.some(isCounted)
    ? ['CREATE TABLE "_af_kept_sequence" AS SELECT name, seq FROM sqlite_sequence']
    : [];
  return [...copies, ...counters];
}

/** From the dropping of the old tables to the dropping of their copies; new tables are created on the way. */
export function replaceTables(
  rebuilt: readonly TablePair[],
  dropped: readonly TableSchema[],
  added: readonly TableSchema[],
  surroundings: Surroundings,
): string[] {
  const anew = rebuilt.map(({ after }) => after.name);
  const gone = [...dropped.map(({ name }) => name), ...anew];
  const { triggers, indexes, references } = surroundings;
  const outside = references.filter(({ from, to }) => anew.includes(to) && !gone.includes(from));
  const guards = guardsOf(outside);
  const passing = [...guards, ...lookupsOf(outside)];
  const ownLookups = lookupsOf(references.filter(({ from, to }) => from === to && anew.includes(to)));
  const left = new Set([...guards.map(({ table }) => table), ...anew]);
  const order = childrenFirst(gone, references);
  const parentsFirst = rebuilt.toSorted((a, b) => order.indexOf(b.after.name) - order.indexOf(a.after.name));
  const dropCounters = rebuilt.some(isCounted) ? ['DROP TABLE "_af_kept_sequence"'] : [];
  const away = triggers.filter(({ table }) => left.has(table) || gone.includes(table));
  const again = [
    ...indexes.filter(({ table }) => anew.includes(table)),
    ...triggers.filter(({ table }) => left.has(table)),
  ];
  const tables = rebuilt.map(({ after }) => after);
  return [
    ...said(
      "Triggers of these tables are away meanwhile.",
      away.map(({ name }) => `DROP TRIGGER ${quoteName(name)}`),
    ),
    ...said(
      "Rows that refer to these tables stay as they are.",
      passing.map(({ create }) => create),
    ),
    ...ownLookups.map(({ create }) => create),
    ...exchange(order, tables, references),
    ...added.flatMap(createTable),
    ...said("Rows come back.", parentsFirst.flatMap(putBack)),
    ...said("Counters go on where they were.", rebuilt.filter(isCounted).flatMap(restoreCounter)),
    ...said("What was there for the while goes.", [
      ...rebuilt.map(dropKept),
      ...dropCounters,
      ...passing.map(({ drop }) => drop),
    ]),
    ...said(
      "Written by hand, and made again.",
      again.map(({ sql }) => sql),
    ),
  ];
}

/** Fills a table again; rows may refer to rows of it. */
function putBack(pair: TablePair): string[] {
  const copied = copiedColumns(pair).filter(({ sql }) => sql !== undefined);
  const columns = copied.map(({ column }) => column.name);
  const values = copied.map(({ sql }) => sql);
  const into = `INSERT INTO ${quoteName(pair.after.name)} (${names(columns)})`;
  const own = pair.after.foreignKeys.filter(({ table }) => table === pair.after.name);
  const lookups = own.map((key) => lookup(pair.after.name, key.columns));
  return [
    ...lookups.map(({ create }) => create),
    `${into}\nSELECT ${values.join(", ")} FROM ${kept(pair.before)}`,
    ...lookups.map(({ drop }) => drop),
  ];
}

function isCounted({ before, after }: TablePair): boolean {
  const counts = ({ columns }: TableSchema): boolean => columns.some((column) => column.counts);
  return counts(before) && counts(after);
}

/** The id of a deleted row is not given again, although the row is not copied. */
function restoreCounter({ before, after }: TablePair): string[] {
  const name = quoteText(after.name);
  return [
    `DELETE FROM sqlite_sequence WHERE name = ${name}`,
    `INSERT INTO sqlite_sequence (name, seq) SELECT ${name}, seq FROM "_af_kept_sequence" WHERE name = ${quoteText(before.name)}`,
  ];
}

const kept = ({ name }: TableSchema): string => quoteName(`_af_kept_${name}`);
const dropKept = ({ before }: TablePair): string => `DROP TABLE ${kept(before)}`;
