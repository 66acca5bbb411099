import type { Condition } from "./condition.ts";
import { lowerCondition } from "./conditions.ts";
import { type BodyContext, ruleScope } from "./context.ts";
import type { ColumnDraft, Lowering, TableDraft } from "./draft.ts";
import { quoted } from "./names.ts";

/** Lowers what columns say of who may read and write them. */
export function lowerGuards(lowering: Lowering, context: BodyContext): void {
  for (const { table, sources } of lowering.unfinished.values()) {
    for (const column of table.columns.values()) {
      const source = sources.get(column.name);
      if (source?.kind !== "declared" || typeof source.manifest === "string") continue;
      for (const verb of ["read", "write"] as const) {
        const written = source.manifest[verb];
        if (written === undefined) continue;
        const guard = lowerGuard(verb, written, column, table, context);
        if (guard) column[verb] = guard;
      }
    }
    checkComputed(table, context);
  }
}

/** Says which computed columns tell of what others guard. */
function checkComputed({ columns }: TableDraft, { report }: BodyContext): void {
  const guarded = [...columns.values()].filter(({ read }) => read);
  for (const { name, place, read, computed } of columns.values()) {
    if (read || computed?.kind !== "expr") continue;
    const told = guarded.find(({ sqlName }) => computed.sql.includes(quoted(sqlName)));
    if (told) report("guard/computed", place, [name, told.name], { at: "key" });
  }
}

function lowerGuard(
  verb: "read" | "write",
  written: unknown,
  column: ColumnDraft,
  table: TableDraft,
  context: BodyContext,
): Condition | undefined {
  const place = column.place.at(verb);
  if (verb === "read" && table.primaryKey.includes(column))
    return context.report("guard/key", place, [column.name], { at: "key" });
  if (verb === "read" && table.searchable.includes(column))
    return context.report("guard/searchable", place, [column.name], { at: "key" });
  if (verb === "write" && (column.computed || column.version))
    return context.report("guard/never-written", place, [column.name], { at: "key" });
  const lowered = lowerCondition(written, table, place, ruleScope, context);
  return typeof lowered === "object" ? lowered : undefined;
}
