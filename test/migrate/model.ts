/*
 * A backend as a test thinks of it: tables that know what they were called before, and the rows that are in them. It says what a
 * migration must do with rows without any SQL.
 */

export type ColumnType = "string" | "integer" | "number" | "boolean" | "decimal2" | "decimal4" | "Letter" | "Vowel";

/** As SQLite stores it; what no value of a type can be is `misfit`. */
export type Stored = string | number | null;
export const misfit = Symbol("misfit");

export interface Column {
  name: string;
  type: ColumnType;
  nullable: boolean;
  unique: boolean;
  /** full-text search looks into it, while it is a string */
  searched: boolean;
  default?: Stored;
  backfill?: Stored;
  renamedFrom?: string;
  /** in this step it is new, or its type is; one thing at a time is enough to tell what rows get */
  unsettled?: true;
}

/** Tells whether another column is null, or is not. */
export interface Computed {
  name: string;
  of: Column;
  isNull: boolean;
  renamedFrom?: string;
}

export interface Relation {
  name: string;
  to: Table;
  optional: boolean;
  onDelete: "restrict" | "cascade" | "set null";
  backfill?: number;
  renamedFrom?: string;
}

export interface Links {
  name: string;
  to: Table;
  renamedFrom?: string;
  pairs: [number, number][];
  through?: string;
}

/** Its key `id` counts up. */
export interface Table {
  name: string;
  renamedFrom?: string;
  columns: Column[];
  computed: Computed[];
  relations: Relation[];
  links: Links[];
  rows: Row[];
  /** the highest id that was ever given */
  counter: number;
}

/** By column or relation, each the very object. */
export interface Row {
  id: number;
  values: Map<Column | Relation, Stored | typeof misfit>;
}

/** What a value of a type may be; `seed` chooses one. */
export function storedValue(type: ColumnType, seed: number): Stored {
  switch (type) {
    case "string":
      return seed % 3 === 0 ? String(seed) : `text ${seed}`;
    case "integer":
      return seed % 4 === 0 ? seed % 2 : seed;
    case "number":
      return seed % 3 === 0 ? seed : seed / 8;
    case "boolean":
      return seed % 2;
    case "decimal2":
      return seed;
    case "decimal4":
      return seed % 3 === 0 ? seed * 100 : seed;
    case "Letter":
      return "abcde"[seed % 5]!;
    case "Vowel":
      return "ae"[seed % 2]!;
  }
}

type Convert = (value: string | number) => Stored | typeof misfit;

/** What becomes of a value when its column changes its type; types that are not here do not convert at all. */
export const conversions: { readonly [from in ColumnType]: { readonly [to in ColumnType]?: Convert } } = {
  string: {
    integer: (value) => (/^(0|[1-9]\d*)$/.test(String(value)) ? Number(value) : misfit),
    number: (value) => (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(String(value)) ? Number(value) : misfit),
  },
  integer: {
    string: String,
    number: (value) => value,
    boolean: (value) => (value === 0 || value === 1 ? value : misfit),
    decimal2: (value) => Number(value) * 100,
    decimal4: (value) => Number(value) * 10_000,
  },
  number: { integer: (value) => (Number.isInteger(value) ? value : misfit) },
  boolean: { integer: (value) => value, string: (value) => (value === 1 ? "true" : "false") },
  decimal2: {
    decimal4: (value) => Number(value) * 100,
    string: (value) => (Number(value) / 100).toFixed(2),
    integer: (value) => (Number(value) % 100 === 0 ? Number(value) / 100 : misfit),
  },
  decimal4: { decimal2: (value) => (Number(value) % 100 === 0 ? Number(value) / 100 : misfit) },
  Letter: { string: (value) => value, Vowel: (value) => ("ae".includes(String(value)) ? value : misfit) },
  Vowel: { string: (value) => value, Letter: (value) => value },
};

/** The columns that full-text search looks into. */
export const searchedColumns = ({ columns }: Table): Column[] =>
  columns.filter(({ searched, type }) => searched && type === "string");

/** Whether the rows could not be in these tables: a migration that led there would have to refuse. */
export function isBroken(tables: readonly Table[]): boolean {
  return tables.some(({ columns, relations, rows }) => {
    const isNull = (of: Column | Relation) => rows.some(({ values }) => (values.get(of) ?? null) === null);
    const isTwice = (column: Column) => {
      const values = rows.map(({ values }) => values.get(column) ?? null).filter((value) => value !== null);
      return new Set(values).size < values.length;
    };
    const isMisfit = (column: Column) => rows.some(({ values }) => values.get(column) === misfit);
    return (
      columns.some(
        (column) => isMisfit(column) || (!column.nullable && isNull(column)) || (column.unique && isTwice(column)),
      ) || relations.some((relation) => !relation.optional && isNull(relation))
    );
  });
}

/** A copy that shares nothing, so that a change that is refused can be forgotten. */
export function copyOf(tables: readonly Table[]): Table[] {
  return structuredClone(tables) as Table[];
}

const manifestTypes: { readonly [type in ColumnType]?: object } = {
  decimal2: { type: "decimal", scale: 2 },
  decimal4: { type: "decimal", scale: 4 },
};

/** The manifest, as JSON. */
export function manifestOf(tables: readonly Table[]): string {
  const wire = (type: ColumnType, value: Stored): unknown => {
    if (type === "boolean") return value === 1;
    const scale = type === "decimal2" ? 2 : type === "decimal4" ? 4 : undefined;
    return scale === undefined ? value : (Number(value) / 10 ** scale).toFixed(scale);
  };
  const column = ({ type, nullable, unique, renamedFrom, searched: _, ...column }: Column) => ({
    ...(manifestTypes[type] ?? { type }),
    nullable,
    unique,
    ...(column.default !== undefined && { default: wire(type, column.default) }),
    ...(column.backfill !== undefined && { backfill: wire(type, column.backfill) }),
    ...(renamedFrom !== undefined && { renamedFrom }),
  });
  const reckoned = ({ of, isNull, renamedFrom }: Computed) => ({
    type: "boolean",
    expr: `${of.name} IS ${isNull ? "" : "NOT "}NULL`,
    ...(renamedFrom !== undefined && { renamedFrom }),
  });
  const searchable = (table: Table) => searchedColumns(table).map(({ name }) => name);
  const entries = tables.map(({ name, renamedFrom, columns, computed, relations, links }, at) => [
    name,
    {
      ...(renamedFrom !== undefined && { renamedFrom }),
      ...(searchable(tables[at]!).length > 0 && { searchable: searchable(tables[at]!) }),
      columns: {
        id: "integer",
        ...Object.fromEntries(columns.map((each) => [each.name, column(each)])),
        ...Object.fromEntries(computed.map((each) => [each.name, reckoned(each)])),
      },
      relations: Object.fromEntries([
        ...relations.map(({ name, to, optional, onDelete, backfill, renamedFrom }) => [
          name,
          {
            one: to.name,
            optional,
            onDelete,
            ...(backfill !== undefined && { backfill }),
            ...(renamedFrom !== undefined && { renamedFrom }),
          },
        ]),
        ...links.map(({ name, to, through, renamedFrom }) => [
          name,
          {
            manyToMany: to.name,
            ...(through !== undefined && { through }),
            ...(renamedFrom !== undefined && { renamedFrom }),
          },
        ]),
      ]),
    },
  ]);
  const junctions = tables.flatMap(({ name, links }) =>
    links.flatMap((link) =>
      link.through === undefined
        ? []
        : [
            [
              link.through,
              {
                columns: { id: "integer", note: "string?" },
                relations: { source: { one: name, onDelete: "cascade" }, sink: { one: link.to.name } },
              },
            ],
          ],
    ),
  );
  return JSON.stringify({
    appflare: 1,
    name: "chain",
    defaults: { auth: "public" },
    enums: { Letter: [..."abcde"], Vowel: ["a", "e"] },
    tables: Object.fromEntries([...entries, ...junctions]),
  });
}
