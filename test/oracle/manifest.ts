/*
 * A manifest as plain data, read by the words of the language alone: nothing here comes from the compiler.
 */

// biome-ignore lint/suspicious/noExplicitAny: a manifest is JSON, whose forms are told apart where they are read
export type Json = any;

export interface ColumnManifest {
  readonly type?: string;
  readonly nullable?: boolean;
  readonly scale?: number;
  readonly items?: string | ColumnManifest;
  readonly properties?: { readonly [name: string]: string | ColumnManifest };
  /** a computed column: the relation whose rows are counted */
  readonly count?: string;
  readonly where?: Json;
  /** a computed column: SQL over the row */
  readonly expr?: string;
  readonly default?: Json;
  /** who may read it, and who may write it */
  readonly read?: Json;
  readonly write?: Json;
}

export interface RelationManifest {
  readonly one?: string;
  readonly hasOne?: string;
  readonly many?: string;
  readonly manyToMany?: string;
  readonly optional?: boolean;
  readonly unique?: boolean;
  readonly onDelete?: "restrict" | "cascade" | "set null";
  readonly columns?: readonly string[];
  readonly references?: readonly string[];
  readonly inverse?: string;
  readonly through?: string;
}

export interface TableManifest {
  readonly columns: { readonly [name: string]: string | ColumnManifest };
  readonly primaryKey?: readonly string[];
  readonly relations?: { readonly [name: string]: RelationManifest };
  readonly indexes?: readonly Json[];
  readonly conditions?: { readonly [name: string]: Json };
  readonly rules?: Json;
  /** the column that has to be what the caller's field of that name is */
  readonly tenant?: string;
}

export interface Manifest {
  readonly database?: Json;
  /** `auth.user` is the table of users, as far as it is declared */
  readonly auth?: Json;
  readonly enums?: { readonly [name: string]: readonly string[] };
  readonly tables: { readonly [name: string]: TableManifest };
  readonly queries: { readonly [name: string]: Json };
  readonly mutations?: { readonly [name: string]: Json };
}

/** What a value is: the long form of a type. */
export interface Type {
  readonly kind: string;
  readonly nullable: boolean;
  readonly scale: number;
  readonly default?: Json;
  readonly read?: Json;
  readonly write?: Json;
  readonly items?: Type;
  readonly properties?: { readonly [name: string]: Type };
  /** what makes the value, where it is computed */
  readonly count?: { readonly relation: string; readonly where?: Json };
  readonly expr?: string;
}

/** "Shorthand and long form mean the same." A type that is not the language's own is an enum. */
export function typeOf(written: string | ColumnManifest): Type {
  const long: ColumnManifest = typeof written === "string" ? { type: written } : written;
  if (long.count !== undefined)
    return { kind: "integer", nullable: false, scale: 0, count: { relation: long.count, where: long.where } };
  const text = long.type!;
  const { items, properties } = long;
  return {
    kind: text.replace("?", ""),
    nullable: text.endsWith("?") || long.nullable === true,
    scale: long.scale ?? 2,
    ...(items !== undefined && { items: typeOf(items) }),
    ...(long.expr !== undefined && { expr: long.expr }),
    ...(long.default !== undefined && { default: long.default }),
    ...(long.read !== undefined && { read: long.read }),
    ...(long.write !== undefined && { write: long.write }),
    ...(properties && { properties: mapEntries(properties, typeOf) }),
  };
}

export function mapEntries<T, U>(map: { readonly [name: string]: T }, change: (value: T, name: string) => U) {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value, name)]));
}

/** "`id` is the primary key unless `primaryKey` says otherwise." */
export const keyOf = (manifest: Manifest, table: string): readonly string[] =>
  manifest.tables[table]?.primaryKey ?? (manifest.tables[table] ? ["id"] : junctionOf(manifest, table)!.key);

/** All columns of a table: those declared, and those that its relations add ("adds the column ownerId"). */
export function columnsOf(manifest: Manifest, table: string): { readonly [name: string]: Type } {
  const declared = manifest.tables[table];
  if (!declared) return junctionOf(manifest, table)!.columns;
  const added = Object.entries(declared.relations ?? {}).filter(([, each]) => each.one && !each.columns);
  return {
    ...mapEntries(declared.columns, typeOf),
    ...Object.fromEntries(
      added.map(([name, { one, optional, references }]) => {
        const [key] = references ?? keyOf(manifest, one!);
        return [`${name}Id`, { ...typeOf(manifest.tables[one!]!.columns[key!]!), nullable: optional === true }];
      }),
    ),
  };
}

/** The column by which a table's rows belong to somebody. */
export const tenantOf = (manifest: Manifest, table: string): string | undefined => manifest.tables[table]?.tenant;

/** A foreign key: columns of one table, and those of another that they are equal to. */
interface Link {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** A relation as what it means: which rows of `to` belong to a row. */
export interface Relation {
  readonly to: string;
  readonly many: boolean;
  /** this row's columns and the other's; through a junction, the near and the far link */
  readonly links: readonly [Link] | readonly [Link, Link];
  readonly through?: string;
}

function oneLink(manifest: Manifest, { one, columns, references }: RelationManifest, name: string): Link {
  return { from: columns ?? [`${name}Id`], to: references ?? keyOf(manifest, one!) };
}

const turned = ({ from, to }: Link): Link => ({ from: to, to: from });

/** The `one` relation of a table that leads to another: the one named, or the only one. */
function inverseOf(manifest: Manifest, table: string, to: string, inverse: string | undefined): Link {
  const relations = Object.entries(manifest.tables[table]!.relations ?? {});
  const [name, found] = relations.find(([name, each]) => each.one === to && (inverse ?? name) === name)!;
  return oneLink(manifest, found, name);
}

export function relationOf(manifest: Manifest, table: string, name: string): Relation | undefined {
  const written = manifest.tables[table]?.relations?.[name];
  if (!written) return undefined;
  if (written.one) return { to: written.one, many: false, links: [oneLink(manifest, written, name)] };
  const reached = written.hasOne ?? written.many;
  if (reached) {
    const link = turned(inverseOf(manifest, reached, table, written.inverse));
    return { to: reached, many: written.many !== undefined, links: [link] };
  }
  const to = written.manyToMany!;
  const { through, inverse } = written;
  if (through)
    return {
      to,
      many: true,
      through,
      links: [turned(inverseOf(manifest, through, table, "left")), inverseOf(manifest, through, to, "right")],
    };
  const [owner, junction] = inverse ? [to, inverse] : [table, name];
  const { near, far } = junctionOf(manifest, `${owner}${capital(junction)}`)!;
  const links: [Link, Link] = inverse ? [turned(far), near] : [turned(near), far];
  return { to, many: true, through: `${owner}${capital(junction)}`, links };
}

const capital = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}`;

/** "The junction of `projects.members` is `projectsMembers`": keyed by the keys of both ends. */
export function junctionOf(manifest: Manifest, junction: string) {
  for (const [table, { relations = {} }] of Object.entries(manifest.tables))
    for (const [name, { manyToMany, through, inverse }] of Object.entries(relations)) {
      if (!manyToMany || through || inverse || `${table}${capital(name)}` !== junction) continue;
      const near = side(manifest, table, table);
      const far = side(manifest, name, manyToMany);
      const columns = { ...near.columns, ...far.columns };
      return { columns, key: Object.keys(columns), near: near.link, far: far.link, ends: [table, manyToMany] as const };
    }
  return undefined;
}

function side(manifest: Manifest, name: string, table: string) {
  const key = keyOf(manifest, table);
  const from = key.map((column) => `${name}${key.length === 1 ? "Id" : capital(column)}`);
  const columns = columnsOf(manifest, table);
  return {
    link: { from, to: key },
    columns: Object.fromEntries(from.map((column, index) => [column, columns[key[index]!]!])),
  };
}

/** Every table that has rows: those declared, and junctions. */
export function tablesOf(manifest: Manifest): readonly string[] {
  const junctions = Object.entries(manifest.tables).flatMap(([table, { relations = {} }]) =>
    Object.entries(relations)
      .filter(([, { manyToMany, through, inverse }]) => manyToMany && !through && !inverse)
      .map(([name]) => `${table}${capital(name)}`),
  );
  return [...Object.keys(manifest.tables), ...junctions];
}

/** Whether no write puts the value there. */
export const isComputed = ({ count, expr }: Type): boolean => count !== undefined || expr !== undefined;
