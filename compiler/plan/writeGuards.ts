import type { Sql } from "../../runtime/server/plan.ts";
import type { Body } from "../ir/operation.ts";
import { fixesOneRow } from "../ir/uniqueWhere.ts";
import { changeGuard, removalGuard } from "./changeGuard.ts";
import type { Words } from "./expectation.ts";
import type { Items } from "./guard.ts";
import { newRowGuard } from "./newRowGuard.ts";
import type { Scope } from "./scope.ts";
import { sequence, whereSql } from "./sql.ts";
import { upsertGuards } from "./upsertGuard.ts";

/** A write of rows of one table. */
export type RowsWrite = Extract<Body, { kind: "insert" | "update" | "upsert" | "delete" }>;

/**
 * The guards before a write; none where nothing can refuse.
 *
 * @param scope the row that is written
 * @param items what it is done for, where that is each row of a list
 */
export function writeGuards(body: RowsWrite, scope: Scope, words: Words, items?: Items): readonly Sql[] {
  if (!scope.eyes.see) return [];
  const row: Scope = {
    ...scope,
    few: body.kind === "insert" || body.kind === "upsert" || (body.where && fixesOneRow(body.where, body.table)),
  };
  if (body.kind === "upsert") return upsertGuards(body, row, words, items);
  const guard = guardBefore(body, row, words, items);
  return guard === undefined ? [] : [guard];
}

function guardBefore(
  body: Exclude<RowsWrite, { kind: "upsert" }>,
  scope: Scope,
  words: Words,
  items: Items | undefined,
): Sql | undefined {
  switch (body.kind) {
    case "insert":
      return newRowGuard(body, scope, words, items && sequence(" FROM ", items.from, whereSql(items.where)));
    case "update":
      return changeGuard(body, scope, words, items);
    case "delete":
      return removalGuard(body, scope, words, items);
  }
}
