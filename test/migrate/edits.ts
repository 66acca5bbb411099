import {
  type Column,
  type ColumnType,
  type Computed,
  conversions,
  type Links,
  type Relation,
  type Row,
  storedValue,
  type Table,
} from "./model.ts";

/** One change of a manifest. The numbers choose among what there is, whatever there is, so that every list of edits means something. */
export interface Edit {
  readonly kind: keyof typeof kinds;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Changes tables and, as a migration must, the rows in them. */
export function edit(tables: Table[], { kind, a, b, c }: Edit, fresh: () => string): void {
  kinds[kind](tables, { a, b, c }, fresh);
}

const types = Object.keys(conversions) as ColumnType[];

const pick = <T>(list: readonly T[], seed: number): T | undefined => list[seed % Math.max(1, list.length)];

type Kind = (tables: Table[], seeds: { a: number; b: number; c: number }, fresh: () => string) => void;

const ofComputed =
  (change: (computed: Computed, table: Table, seed: number, fresh: () => string) => void): Kind =>
  (tables, { a, b, c }, fresh) => {
    const table = pick(tables, a);
    const computed = table && pick(table.computed, b);
    if (table && computed) change(computed, table, c, fresh);
  };

/** A change of a column of a table. */
const ofColumn =
  (change: (column: Column, table: Table, seeds: { b: number; c: number }, fresh: () => string) => void): Kind =>
  (tables, { a, b, c }, fresh) => {
    const table = pick(tables, a);
    const column = table && pick(table.columns, b);
    if (table && column) change(column, table, { b, c }, fresh);
  };

const ofRelation =
  (change: (relation: Relation, table: Table, seed: number, fresh: () => string) => void): Kind =>
  (tables, { a, b, c }, fresh) => {
    const table = pick(tables, a);
    const relation = table && pick(table.relations, b);
    if (table && relation) change(relation, table, c, fresh);
  };

const remove = <T>(list: T[], item: T): void => void list.splice(list.indexOf(item), 1);

function withoutValues<T extends Column | Relation>({ rows }: Table, list: T[], item: T): void {
  remove(list, item);
  for (const { values } of rows) values.delete(item);
}

export const kinds = {
  addTable: (tables, _, fresh) => {
    if (tables.length < 5)
      tables.push({ name: fresh(), columns: [], computed: [], relations: [], links: [], rows: [], counter: 0 });
  },

  dropTable: (tables, { a }) => {
    const table = pick(tables, a);
    if (!table || tables.length < 2) return;
    remove(tables, table);
    for (const other of tables) {
      for (const relation of other.relations.filter(({ to }) => to === table))
        withoutValues(other, other.relations, relation);
      other.links = other.links.filter(({ to }) => to !== table);
    }
  },

  renameTable: (tables, { a }, fresh) => {
    const table = pick(tables, a);
    if (!table) return;
    table.renamedFrom ??= table.name;
    table.name = fresh();
  },

  addColumn: (tables, { a, b, c }, fresh) => {
    const table = pick(tables, a);
    if (!table || table.columns.length > 5) return;
    const type = types[b % types.length]!;
    const column: Column = {
      name: fresh(),
      type,
      nullable: c % 2 === 0,
      unique: false,
      searched: b % 3 === 0,
      unsettled: true,
    };
    if (c % 3 === 0) column.default = storedValue(type, c);
    if (c % 5 < 2) column.backfill = storedValue(type, b);
    table.columns.push(column);
    for (const { values } of table.rows) values.set(column, column.backfill ?? column.default ?? null);
  },

  dropColumn: ofColumn((column, table) => {
    withoutValues(table, table.columns, column);
    table.computed = table.computed.filter(({ of }) => of !== column);
  }),

  addComputed: ofColumn((column, table, { c }, fresh) => {
    if (table.computed.length < 3) table.computed.push({ name: fresh(), of: column, isNull: c % 2 === 0 });
  }),

  dropComputed: ofComputed((computed, table) => remove(table.computed, computed)),

  renameComputed: ofComputed((computed, _table, _seed, fresh) => {
    computed.renamedFrom ??= computed.name;
    computed.name = fresh();
  }),

  changeComputed: ofComputed((computed, table, seed) => {
    computed.isNull = seed % 2 === 0;
    computed.of = pick(table.columns, seed)!;
  }),

  renameColumn: ofColumn((column, _table, _seeds, fresh) => {
    column.renamedFrom ??= column.name;
    column.name = fresh();
  }),

  /** To a type that its values may be of. */
  changeType: ofColumn((column, table, { c }) => {
    const to = pick(Object.keys(conversions[column.type]) as ColumnType[], c);
    if (to === undefined || column.unsettled || column.backfill !== undefined) return;
    column.unsettled = true;
    const convert = conversions[column.type][to]!;
    for (const { values } of table.rows) {
      const value = values.get(column) ?? null;
      if (typeof value !== "symbol") values.set(column, value === null ? null : convert(value));
    }
    column.type = to;
    delete column.default;
  }),

  toggleNull: ofColumn((column, table, { b, c }) => {
    if (column.unsettled || column.backfill !== undefined) return;
    column.nullable = !column.nullable;
    if (column.nullable || c % 2 === 0) return;
    column.backfill = storedValue(column.type, b);
    for (const { values } of table.rows) if ((values.get(column) ?? null) === null) values.set(column, column.backfill);
  }),

  toggleUnique: ofColumn((column) => {
    column.unique = !column.unique && column.type !== "boolean";
  }),

  toggleSearch: ofColumn((column) => {
    column.searched = !column.searched;
  }),

  changeDefault: ofColumn((column, _table, { c }) => {
    if (column.unsettled) return;
    if (column.default === undefined) column.default = storedValue(column.type, c);
    else delete column.default;
  }),

  /** Required ones lead only to tables before, so that rows can be made. */
  addRelation: (tables, { a, b, c }, fresh) => {
    const table = pick(tables, a);
    const to = pick(tables, b);
    if (!table || !to || table.relations.length > 2) return;
    const target = to.rows[0];
    const optional = tables.indexOf(to) >= tables.indexOf(table) || c % 2 === 0;
    const relation: Relation = { name: fresh(), to, optional, onDelete: actions(optional)[c % 3]! };
    if (target && c % 5 < 3) relation.backfill = target.id;
    table.relations.push(relation);
    for (const { values } of table.rows) values.set(relation, relation.backfill ?? null);
  },

  dropRelation: ofRelation((relation, table) => withoutValues(table, table.relations, relation)),

  renameRelation: ofRelation((relation, _table, _seed, fresh) => {
    relation.renamedFrom ??= relation.name;
    relation.name = fresh();
  }),

  changeAction: ofRelation((relation, _table, seed) => {
    relation.onDelete = actions(relation.optional)[seed % 3]!;
  }),

  addLinks: (tables, { a, b }, fresh) => {
    const table = pick(tables, a);
    const to = pick(tables, b);
    if (table && to && table !== to && table.links.length < 2) table.links.push({ name: fresh(), to, pairs: [] });
  },

  renameLinks: (tables, { a, b }, fresh) => {
    const links = pick(pick(tables, a)?.links ?? [], b);
    if (!links || links.through !== undefined) return;
    links.renamedFrom ??= links.name;
    links.name = fresh();
  },

  /** The junction becomes a table of the manifest. */
  declareLinks: (tables, { a, b }, fresh) => {
    const links = pick(pick(tables, a)?.links ?? [], b);
    if (links) links.through ??= fresh();
  },
} satisfies { readonly [kind: string]: Kind };

function actions(optional: boolean): Relation["onDelete"][] {
  return ["restrict", "cascade", optional ? "set null" : "cascade"];
}

/** Forgets the way that a migration has gone. */
export function settle(tables: readonly Table[]): void {
  for (const table of tables) {
    for (const each of [table, ...table.columns, ...table.computed, ...table.relations, ...table.links]) {
      delete each.renamedFrom;
      if ("backfill" in each) delete each.backfill;
      if ("unsettled" in each) delete each.unsettled;
    }
  }
}

/** Rows that fit the tables as they are now; returns them with where they go. */
export function grow(tables: readonly Table[], seed: number): { table: Table; row: Row }[] {
  const made: { table: Table; row: Row }[] = [];
  for (const [position, table] of tables.entries()) {
    const needs = table.relations.filter(({ optional }) => !optional);
    if (needs.some(({ to }) => to.rows.length === 0)) continue;
    for (let count = (seed + position) % 3; count > 0 && !isFull(table); count--) {
      const row: Row = { id: ++table.counter, values: new Map() };
      const chance = seed + row.id * 7;
      for (const [at, column] of table.columns.entries()) {
        const value = column.unique ? uniqueValue(column, table) : storedValue(column.type, chance + at);
        row.values.set(column, column.nullable && (chance + at) % 4 === 0 ? null : value);
      }
      for (const [at, relation] of table.relations.entries()) {
        const target = pick(relation.to.rows, chance + at);
        row.values.set(relation, relation.optional && (chance + at) % 3 === 0 ? null : (target?.id ?? null));
      }
      table.rows.push(row);
      made.push({ table, row });
    }
  }
  return made;
}

/** A unique column of an enum has a row for each member, and no more unless they are null. */
function isFull(table: Table): boolean {
  return table.columns.some((column) => column.unique && !column.nullable && uniqueValue(column, table) === null);
}

function uniqueValue(column: Column, table: Table) {
  const taken = new Set(table.rows.map(({ values }) => values.get(column)));
  for (let seed = 1; seed < 500; seed++) {
    const value = storedValue(column.type, seed);
    if (!taken.has(value)) return value;
  }
  return null;
}

/** New links between rows that are there. */
export function link(tables: readonly Table[], seed: number): { table: Table; links: Links; pair: [number, number] }[] {
  return tables.flatMap((table) =>
    table.links.flatMap((links) => {
      const [from, to] = [pick(table.rows, seed), pick(links.to.rows, seed + 1)];
      const isThere = links.pairs.some(([one, two]) => one === from?.id && two === to?.id);
      if (!from || !to || isThere) return [];
      const pair: [number, number] = [from.id, to.id];
      links.pairs.push(pair);
      return [{ table, links, pair }];
    }),
  );
}
