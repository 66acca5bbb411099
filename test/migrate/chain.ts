import fc from "fast-check";
import { expect } from "vitest";
import { MemoryDatabase, selectObjects } from "../../compiler/cli/migration/memory.ts";
import { planMigration } from "../../compiler/cli/migration/plan.ts";
import { check } from "../../compiler/compile.ts";
import { databaseOf } from "../../compiler/migrate/database.ts";
import { factsOf, type SchemaObject } from "../../compiler/migrate/facts.ts";
import { obstacles } from "../../compiler/migrate/report.ts";
import type { DatabaseSchema } from "../../compiler/migrate/schema.ts";
import { createDatabase } from "../../compiler/migrate/statements.ts";
import { type Edit, edit, grow, kinds, link, settle } from "./edits.ts";
import { copyOf, isBroken, manifestOf, type Stored, searchedColumns, type Table } from "./model.ts";

/** A database of whatever kind: one batch is one transaction. */
export interface Target {
  all(sql: string): Promise<{ [column: string]: Stored }[]>;
  batch(statements: readonly string[]): Promise<void>;
}

export interface Step {
  readonly edits: readonly Edit[];
  readonly seed: number;
}

const seed = fc.nat({ max: 999 });
const anEdit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom(...(Object.keys(kinds) as Edit["kind"][])),
  a: seed,
  b: seed,
  c: seed,
});

/** Some steps, each some edits of a manifest and some new rows. */
export const chains = (length: number): fc.Arbitrary<Step[]> =>
  fc.array(fc.record({ edits: fc.array(anEdit, { minLength: 1, maxLength: 4 }), seed }), {
    minLength: 1,
    maxLength: length,
  });

const start: readonly Edit["kind"][] = [
  "addTable",
  "addTable",
  "addColumn",
  "addColumn",
  "addColumn",
  "addRelation",
  "addRelation",
  "addLinks",
];

/**
 * Walks through a chain: after each step the rows are those that the model has, what refers to them is whole, the tables are those
 * of a fresh database, full-text search finds every row by what is in it, triggers that somebody wrote are there and heard of nothing. A step that rows do not fit is refused.
 *
 * @returns how many steps were taken and how many refused
 */
export async function walk(target: Target, steps: readonly Step[]): Promise<{ taken: number; refused: number }> {
  let names = 0;
  const fresh = (): string => `n${++names}`;
  let tables: Table[] = [];
  for (const [at, kind] of start.entries()) edit(tables, { kind, a: at, b: at * 3, c: at * 2 }, fresh);
  let schema = schemaOf(tables);
  await target.batch([...createDatabase(schema), "CREATE TABLE heard (what TEXT)"]);
  const score = { taken: 0, refused: 0 };
  for (const { edits, seed } of steps) {
    settle(tables);
    await write(target, tables, seed);
    await listen(target, tables);
    const next = copyOf(tables);
    for (const each of edits) edit(next, each, fresh);
    const after = schemaOf(next);
    const heard = await target.all("SELECT count(*) AS n FROM heard");
    if (await migrate(target, schema, after, isBroken(next))) {
      [tables, schema] = [next, after];
      score.taken++;
    } else score.refused++;
    expect(await target.all("SELECT count(*) AS n FROM heard"), "what triggers heard").toEqual(heard);
    await compare(target, tables, schema);
  }
  return score;
}

function schemaOf(tables: readonly Table[]): DatabaseSchema {
  const text = manifestOf(tables);
  const { app, diagnostics } = check("chain.json", () => new TextEncoder().encode(text));
  if (!app) throw new Error(`${diagnostics.map(({ message }) => message).join("\n")}\n${text}`);
  return databaseOf(app);
}

/** Returns whether the step was taken. What a migration finds of rows that do not fit, the model must find as well. */
async function migrate(
  target: Target,
  before: DatabaseSchema,
  after: DatabaseSchema,
  broken: boolean,
): Promise<boolean> {
  const objects = (await target.all(selectObjects)) as unknown as SchemaObject[];
  const { changes, statements, problem } = await planMigration(before, after, objects);
  expect(problem).toBeUndefined();
  const counted = [];
  for (const finding of changes.findings) {
    counted.push({ finding, rows: Number(Object.values((await target.all(finding.count))[0]!)[0]) });
  }
  const found = obstacles(counted, { anywhere: false, allowDestructive: true });
  expect(found.length > 0, JSON.stringify(found)).toBe(broken);
  if (broken) return false;
  await target.batch(statements);
  return true;
}

async function write(target: Target, tables: readonly Table[], seed: number): Promise<void> {
  const statements = grow(tables, seed).map(({ table, row }) => {
    const columns = [...row.values].map(([of, value]) => [columnName(of), literal(value as Stored)] as const);
    const names = ["id", ...columns.map(([name]) => name)].map((name) => `"${name}"`);
    return `INSERT INTO "${table.name}" (${names.join(", ")}) VALUES (${[row.id, ...columns.map(([, sql]) => sql)].join(", ")})`;
  });
  const links = link(tables, seed).map(({ table, links, pair }) => {
    const { name, columns } = junctionOf(table.name, links);
    return `INSERT INTO "${name}" (${columns.map((column) => `"${column}"`).join(", ")}) VALUES (${pair.join(", ")})`;
  });
  await target.batch([
    ...statements,
    ...links,
    ...tables.flatMap((table, at) => ((seed + at) % 2 === 0 ? ghost(table) : [])),
  ]);
}

/** A row that comes and goes: its id is never given again. */
function ghost(table: Table): string[] {
  if (table.rows.length === 0 || table.columns.some(({ unique }) => unique)) return [];
  const names = [...table.columns, ...table.relations].map((of) => `"${columnName(of)}"`).join(", ");
  const id = ++table.counter;
  const insert =
    names === ""
      ? `INSERT INTO "${table.name}" DEFAULT VALUES`
      : `INSERT INTO "${table.name}" (${names}) SELECT ${names} FROM "${table.name}" LIMIT 1`;
  return [insert, `DELETE FROM "${table.name}" WHERE id = ${id}`];
}

function columnName(of: { readonly name: string; readonly to?: Table }): string {
  return of.to ? `${of.name}_id` : of.name;
}

function junctionOf(table: string, { name, through }: { name: string; through?: string }) {
  if (through !== undefined) return { name: through, columns: ["source_id", "sink_id"] };
  return { name: `${table}_${name}`, columns: [`${table}_id`, `${name}_id`] };
}

const literal = (value: Stored): string => (typeof value === "string" ? `'${value}'` : String(value ?? "NULL"));

const handWritten = "type = 'trigger' AND name NOT LIKE '!_af!_%' ESCAPE '!'";

/** Hand-written triggers on every table, which migrations know nothing of. */
async function listen(target: Target, tables: readonly Table[]): Promise<void> {
  const there = new Set(
    (await target.all(`SELECT DISTINCT tbl_name FROM sqlite_master WHERE ${handWritten}`)).map(
      ({ tbl_name }) => tbl_name,
    ),
  );
  const statements = tables
    .filter(({ name }) => !there.has(name))
    .flatMap(({ name }) =>
      ["INSERT", "UPDATE", "DELETE"].map((event) => {
        return `CREATE TRIGGER "${event}_${name}" BEFORE ${event} ON "${name}" BEGIN INSERT INTO heard VALUES ('${event}'); END`;
      }),
    );
  await target.batch(statements);
}

async function compare(target: Target, tables: readonly Table[], schema: DatabaseSchema): Promise<void> {
  for (const table of tables) {
    const { name, columns, computed, relations, links, rows, counter } = table;
    const found = await target.all(`SELECT * FROM "${name}" ORDER BY id`);
    const of = [...columns, ...relations];
    const wanted = rows.map(({ id, values }) => {
      const written = of.map((each) => [columnName(each), (values.get(each) ?? null) as Stored] as const);
      const reckoned = computed.map((each) => {
        return [each.name, Number(((values.get(each.of) ?? null) === null) === each.isNull)] as const;
      });
      return { id, ...Object.fromEntries([...written, ...reckoned]) };
    });
    expect(found.map(sortedKeys), `rows of ${name}`).toEqual(wanted.map(sortedKeys));
    for (const each of links) {
      const junction = junctionOf(name, each);
      const list = junction.columns.map((column) => `"${column}"`).join(", ");
      const pairs = (await target.all(`SELECT ${list} FROM "${junction.name}"`)).map((row) =>
        Object.values(row).join(),
      );
      expect(pairs.sort(), `links of ${name}.${each.name}`).toEqual(each.pairs.map((pair) => pair.join()).sort());
    }
    await compareSearch(target, table);
    const sequence = await target.all(`SELECT seq FROM sqlite_sequence WHERE name = '${name}'`);
    expect(sequence[0]?.["seq"] ?? 0, `counter of ${name}`).toBe(counter);
    const triggers = await target.all(
      `SELECT count(*) AS n FROM sqlite_master WHERE ${handWritten} AND tbl_name = '${name}'`,
    );
    expect([0, 3], `triggers of ${name}`).toContain(triggers[0]!["n"]);
  }
  expect(await target.all("PRAGMA foreign_key_check")).toEqual([]);
  const memory = await MemoryDatabase.open(createDatabase(schema));
  const objects = (await target.all(selectObjects)) as unknown as SchemaObject[];
  const facts = [...factsOf(objects)].filter(([name]) => name !== "heard");
  expect(facts.sort()).toEqual([...factsOf(memory.objects())].sort());
  memory.close();
}

/** Rows are found by each text that one of them has, and there are no words of other rows. */
async function compareSearch(target: Target, table: Table): Promise<void> {
  const searched = searchedColumns(table);
  if (searched.length === 0) return;
  const index = `"_af_${table.name}.search"`;
  const words = (value: unknown): string => ` ${String(value).replace(/[^a-z0-9]+/g, " ")} `;
  for (const column of searched) {
    const texts = table.rows.map(({ id, values }) => ({ id, text: values.get(column) ?? null }));
    for (const sought of new Set(texts.flatMap(({ text }) => (text === null ? [] : [words(text)])))) {
      const found = await target.all(`SELECT rowid AS id FROM ${index}('${column.name} : "${sought}"') ORDER BY rowid`);
      const wanted = texts.filter(({ text }) => text !== null && words(text).includes(sought));
      expect(found, `${table.name}.${column.name} searched for ${sought}`).toEqual(wanted.map(({ id }) => ({ id })));
    }
  }
  const held = await target.all(`SELECT count(*) AS n FROM "_af_${table.name}.search_docsize"`);
  expect(held[0]!["n"], `rows in the index of ${table.name}`).toBe(table.rows.length);
}

function sortedKeys(row: { [column: string]: Stored }): [string, Stored][] {
  return Object.entries(row).sort(([one], [two]) => (one < two ? -1 : 1));
}
