import { quoteName, quoteText } from "../plan/quote.ts";
import { copiedColumns } from "./copy.ts";
import type { TablePair } from "./match.ts";
import type { TableSchema } from "./schema.ts";
import { createTable, dropTable, names } from "./statements.ts";
import type { Reference, Surroundings } from "./surroundings.ts";

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
  const guards = guardsOf(anew, gone, surroundings);
  const left = new Set([...guards.map(({ table }) => table), ...anew]);
  const { triggers, indexes } = surroundings;
  return [
    ...triggers.filter(({ table }) => left.has(table) || gone.includes(table)).map(({ name }) => dropTrigger(name)),
    ...guards.map(({ name, table, event }) => {
      return `CREATE TRIGGER ${quoteName(name)} BEFORE ${event} ON ${quoteName(table)} BEGIN SELECT RAISE(IGNORE); END`;
    }),
    ...exchange(
      childrenFirst(gone, surroundings.references),
      rebuilt.map(({ after }) => after),
      surroundings.references,
    ),
    ...added.flatMap(createTable),
    ...rebuilt.map(putBack),
    ...rebuilt.filter(isCounted).flatMap(restoreCounter),
    ...rebuilt.map(({ before }) => `DROP TABLE ${kept(before)}`),
    ...(rebuilt.some(isCounted) ? ['DROP TABLE "_af_kept_sequence"'] : []),
    ...guards.map(({ name }) => dropTrigger(name)),
    ...indexes.filter(({ table }) => anew.includes(table)).map(({ sql }) => sql),
    ...triggers.filter(({ table }) => left.has(table)).map(({ sql }) => sql),
  ];
}

/**
 * Drops tables and creates those that stay. What a DROP does to other tables is compiled with all that they refer to, be there rows or
 * not, so that nothing may be missing which a table that is still there refers to: it is created at once.
 */
function exchange(gone: readonly string[], anew: readonly TableSchema[], references: readonly Reference[]): string[] {
  const left = new Set(references.map(({ from }) => from));
  const later: string[] = [];
  const now = gone.flatMap((name) => {
    left.delete(name);
    const table = anew.find((each) => each.name === name);
    const isMissed = references.some(({ from, to }) => to === name && left.has(from));
    if (table && !isMissed) later.push(...createTable(table));
    return [dropTable(name), ...(table && isMissed ? createTable(table) : [])];
  });
  return [...now, ...later];
}

/** Each table behind those that refer to it, rings aside: what refers to nothing that is gone is dropped without a look at it. */
function childrenFirst(names: readonly string[], references: readonly Reference[]): string[] {
  const ordered = new Set<string>();
  const visit = (name: string, trail: ReadonlySet<string>): void => {
    if (trail.has(name) || ordered.has(name)) return;
    const further = new Set([...trail, name]);
    for (const { from, to } of references) if (to === name && names.includes(from)) visit(from, further);
    ordered.add(name);
  };
  for (const name of names) visit(name, new Set());
  return [...ordered];
}

interface Guard {
  readonly name: string;
  readonly table: string;
  readonly event: "DELETE" | "UPDATE";
}

/** One for each action that would reach a table which stays where it is. */
function guardsOf(anew: readonly string[], gone: readonly string[], { references }: Surroundings): Guard[] {
  const guards = references
    .filter(({ from, to }) => anew.includes(to) && !gone.includes(from))
    .flatMap(({ from, onDelete }): Guard[] => {
      const event = onDelete === "CASCADE" ? "DELETE" : onDelete.startsWith("SET") ? "UPDATE" : undefined;
      return event ? [{ name: `_af_keep_${event.toLowerCase()}_${from}`, table: from, event }] : [];
    });
  return [...new Map(guards.map((guard) => [guard.name, guard])).values()];
}

function putBack(pair: TablePair): string {
  const copied = copiedColumns(pair).filter(({ sql }) => sql !== undefined);
  const columns = copied.map(({ column }) => column.name);
  const values = copied.map(({ sql }) => sql);
  const into = `INSERT INTO ${quoteName(pair.after.name)} (${names(columns)})`;
  return `${into}\nSELECT ${values.join(", ")} FROM ${kept(pair.before)}`;
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
const dropTrigger = (name: string): string => `DROP TRIGGER ${quoteName(name)}`;
