import type { ColumnManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import { lowerCondition } from "./conditions.ts";
import { type BodyContext, countScope } from "./context.ts";
import type { ColumnDraft, Lowering, Unfinished } from "./draft.ts";
import { holdsLiteralsOnly } from "./literalConditions.ts";
import { lowerSql } from "./sqlExpressions.ts";
import type { Computed, Measured } from "./table.ts";
import { isReckoned } from "./writtenExpressions.ts";

/** What a column may say besides, where its value is reckoned, and where it is counted. */
const usesOf: { readonly [K in Computed["kind"]]: ReadonlySet<string> } = {
  expr: new Set(
    "type description nullable minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf scale unique index sqlName renamedFrom expr read".split(
      " ",
    ),
  ),
  count: new Set(["type", "description", "count", "where", "read"]),
};

/** Whether all that a column says has a use beside `expr` or `count`. Says what has none. */
export function hasUse({ report }: Lowering, manifest: ColumnManifest, place: Place): boolean {
  const kind = manifest.count !== undefined ? "count" : manifest.expr !== undefined ? "expr" : undefined;
  const owner = kind ? `a column with "${kind}"` : `a column without "count"`;
  const useless = Object.keys(manifest).filter((key) => (kind ? !usesOf[kind].has(key) : key === "where"));
  for (const key of useless) report("operation/no-use", place.at(key), [key, owner], { at: "key" });
  if (kind === "count" && manifest.type !== undefined && manifest.type !== "integer")
    return report("type/count", place.at("type"), [manifest.type]) ?? false;
  return useless.length === 0;
}

/** Gives computed columns what makes their values; of counts only that they are such, since relations come later. */
export function lowerComputed(lowering: Lowering): void {
  const found = computedColumns(lowering);
  for (const { column, manifest } of found)
    column.computed = manifest.count === undefined ? { kind: "expr", sql: "" } : { kind: "count" };
  for (const { column, manifest, table } of found) {
    if (manifest.expr === undefined) continue;
    const place = column.place.at("expr");
    if (!isReckoned(column.type, place, lowering)) continue;
    const sql = lowerSql(manifest.expr, table, place, lowering.report, lowering.failed, ({ computed }) => !computed);
    if (sql !== undefined) column.computed = { kind: "expr", sql };
  }
}

/** Gives columns that count the relation whose rows they count. */
export function lowerCounts(lowering: Lowering, context: BodyContext): void {
  for (const { column, manifest, table } of computedColumns(lowering)) {
    const measured = manifest.count === undefined ? undefined : lowerCount(lowering, manifest, column, table, context);
    if (measured) column.measured = measured;
  }
}

function lowerCount(
  { report, failed }: Lowering,
  { count = "", where }: ColumnManifest,
  column: ColumnDraft,
  table: Unfinished["table"],
  context: BodyContext,
): Measured | undefined {
  const { place } = column;
  const relation = table.relations.get(count);
  if (!relation) {
    if (failed.has(`${table.name}.${count}`)) return;
    const suggest = [count, table.relations.keys()] as const;
    return report("reference/unknown-relation", place.at("count"), [table.name, count], { suggest });
  }
  if (relation.kind !== "many" && relation.kind !== "manyToMany")
    return report("type/count-one", place.at("count"), [count]);
  const measure = { column, fn: "count", distinct: false } as const;
  if (where === undefined) return { relation, measure };
  const at = place.at("where");
  const condition = lowerCondition(where, relation.to, at, countScope, context);
  if (typeof condition !== "object") return;
  if (!holdsLiteralsOnly(condition)) return report("type/count-where", at, []);
  return { relation, where: condition, measure };
}

function computedColumns({ unfinished }: Lowering) {
  return [...unfinished.values()].flatMap(({ table, sources }) =>
    [...table.columns.values()].flatMap((column) => {
      const source = sources.get(column.name);
      if (source?.kind !== "declared" || typeof source.manifest === "string") return [];
      const { manifest } = source;
      return manifest.expr === undefined && manifest.count === undefined ? [] : [{ column, manifest, table }];
    }),
  );
}
