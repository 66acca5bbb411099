import type { EachManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import { lowerCondition } from "./conditions.ts";
import { type BodyContext, eachScope, writeScope } from "./context.ts";
import type { Lowering } from "./draft.ts";
import type { Each } from "./items.ts";
import { lowerReference } from "./scopes.ts";
import type { Item } from "./stepReferences.ts";
import { typeText } from "./typeText.ts";
import { unknownTable } from "./unknown.ts";

/** What something is done for, and what `$item` is then. */
export interface LoweredEach {
  readonly each: Each;
  readonly item: Item;
}

/** `each`: an argument that is a list, or `{ list: table, where }`. */
export function lowerEach(
  lowering: Lowering,
  written: EachManifest,
  place: Place,
  context: BodyContext,
): LoweredEach | undefined {
  if (typeof written === "string") return lowerArgumentList(written, place, context);
  const table = lowering.tables.get(written.list);
  if (!table) return unknownTable(lowering, written.list, place.at("list"));
  const item = { kind: "row", table } as const;
  if (written.where === undefined) return { each: { kind: "list", table }, item };
  const where = lowerCondition(written.where, table, place.at("where"), writeScope(context), context);
  return where && { each: { kind: "list", table, ...(where !== "absent" && { where }) }, item };
}

/** A list that is not sent has no items. */
export function lowerArgumentList(text: string, place: Place, context: BodyContext) {
  const operand = lowerReference(text, place, eachScope(context), context);
  if (!operand) return;
  const { type } = operand.of;
  if (operand.kind !== "argument" || type.kind !== "array")
    return context.report("reference/type", place, [text, typeText(type), "array"]);
  const path = [...operand.path, "*"];
  return {
    each: { kind: "argument", path, optional: operand.optional },
    item: { kind: "argument", path, of: type.items },
  } as const satisfies LoweredEach;
}
