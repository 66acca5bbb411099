import type { TypeKind } from "./type.ts";

/** Types by the names that SQL, other languages and other tools have for them. */
const names: { readonly [kind in TypeKind]?: string } = {
  string: "text varchar char character str tinytext mediumtext longtext nvarchar clob citext",
  integer: "int int32 smallint tinyint mediumint serial autoincrement long short",
  bigint: "int64 bigserial int8",
  number: "float double real float32 float64 numbers",
  decimal: "numeric money currency",
  boolean: "bool bit flag",
  uuid: "guid uniqueidentifier cuid",
  timestamp: "datetime timestamptz date-time instant",
  date: "day localdate",
  json: "jsonb any unknown mixed",
  bytes: "blob binary bytea buffer file",
  array: "list",
  object: "map record struct dict",
};

const kinds = new Map(
  Object.entries(names).flatMap(([kind, words]) => words.split(" ").map((word) => [word.toLowerCase(), kind] as const)),
);

/** What the language calls a type that other tools know by this name; undefined where none is known. Lengths and cases are left aside. */
export function nativeType(name: string): string | undefined {
  return kinds.get(name.toLowerCase());
}
