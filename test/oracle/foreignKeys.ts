import { junctionOf, keyOf, type Manifest } from "./manifest.ts";

/** A foreign key of a table. */
export interface ForeignKey {
  readonly from: readonly string[];
  readonly to: string;
  readonly references: readonly string[];
  readonly unique: boolean;
  /** what happens to the row when the other goes */
  readonly onDelete: "restrict" | "cascade" | "set null";
}

export function foreignKeysOf(manifest: Manifest, table: string): readonly ForeignKey[] {
  const declared = manifest.tables[table];
  if (!declared) {
    const { near, far, ends } = junctionOf(manifest, table)!;
    const side = ({ from, to }: typeof near, end: string): ForeignKey => {
      return { from, to: end, references: to, unique: false, onDelete: "cascade" };
    };
    return [side(near, ends[0]), side(far, ends[1])];
  }
  return Object.entries(declared.relations ?? {}).flatMap(([name, written]) => {
    if (!written.one) return [];
    const { one: to, columns, references = keyOf(manifest, to), unique = false, onDelete = "restrict" } = written;
    return [{ from: columns ?? [`${name}Id`], to, references, unique, onDelete }];
  });
}
