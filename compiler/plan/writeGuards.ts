import type { Sql } from "../../runtime/server/plan.ts";
import type { Body } from "../ir/operation.ts";
import { changeGuard, removalGuard } from "./changeGuard.ts";
import type { Words } from "./expectation.ts";
import { newRowGuard } from "./newRowGuard.ts";
import { type Style, unnamed, writeScope } from "./scope.ts";
import { upsertGuards } from "./upsertGuard.ts";

type Write = Extract<Body, { kind: "insert" | "update" | "upsert" | "delete" }>;

/** The guards before a write of rows of one table; none where nothing can refuse. */
export function writeGuards(body: Write, style: Style, words: Words): readonly Sql[] {
  if (!style.eyes.see) return [];
  if (body.kind === "upsert") return upsertGuards(body, style, words);
  const guard = guardBefore(body, style, words);
  return guard === undefined ? [] : [guard];
}

function guardBefore(body: Exclude<Write, { kind: "upsert" }>, style: Style, words: Words): Sql | undefined {
  switch (body.kind) {
    case "insert":
      return newRowGuard(body, writeScope(body.table, unnamed(style)), words);
    case "update":
      return changeGuard(body, style, words);
    case "delete":
      return removalGuard(body, style, words);
  }
}
