/** Types by the names that SQL, other languages and other tools have for them. */
const names: { readonly [type: string]: string } = {
  string: "text varchar char character str tinytext mediumtext longtext nvarchar clob citext",
  integer: "int int4 int32 smallint tinyint mediumint serial autoincrement",
  bigint: "int8 int64 bigserial long",
  number: "float double real float32 float64",
  decimal: "numeric money currency",
  boolean: "bool bit",
  uuid: "guid uniqueidentifier",
  timestamp: "datetime timestamptz date-time instant",
  date: "localdate",
  json: "jsonb any unknown mixed",
  bytes: "blob binary bytea buffer",
  array: "list",
  object: "map record struct dict",
};

const types = new Map(
  Object.entries(names).flatMap(([type, words]) => words.split(" ").map((word) => [word, type] as const)),
);

/** What the language calls a type that other tools know by this name, whatever its case; undefined where none is known. */
export function nativeType(name: string): string | undefined {
  return types.get(name.toLowerCase());
}
