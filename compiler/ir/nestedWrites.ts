import type { Place } from "../manifest/place.ts";
import type { Assignment } from "./assignment.ts";
import { lowerAssignments } from "./assignments.ts";
import { isMap, show } from "./constants.ts";
import type { BodyContext } from "./context.ts";
import { lowerArgumentList } from "./each.ts";
import { isNestingWord } from "./foreignWrites.ts";
import { splitRelations } from "./linkChanges.ts";
import { canLink, lowerLinkKeys } from "./linkKeys.ts";
import { missesColumns } from "./missingColumns.ts";
import type { NestedWrite, NewRow } from "./nestedWrite.ts";
import { isToMany, type ToMany } from "./relationKinds.ts";
import { mayWrite } from "./signInWrites.ts";
import type { Column, Relation, Table } from "./table.ts";
import { withTenant, writesTenant } from "./tenants.ts";

type Entries = readonly (readonly [name: string, value: unknown])[];

/**
 * What `values` say of relations. A to-one takes a map, the new row; a to-many a list of keys (rows that are there are linked) and of
 * maps (rows are made), or what makes a row of each item: `{ each: $args.list, values: … }`.
 *
 * @returns undefined where something is wrong, which was said
 */
export function lowerNestedWrites(
  relations: Entries,
  table: Table,
  place: Place,
  context: BodyContext,
): readonly NestedWrite[] | undefined {
  const lowered = relations.flatMap(([name, value]) => {
    const relation = table.relations.get(name)!;
    const at = place.at(name);
    if (writesTenant(relation, at, context)) return [undefined];
    return isToMany(relation) ? lowerMany(relation, value, at, context) : [lowerOne(relation, value, at, context)];
  });
  return lowered.includes(undefined) ? undefined : (lowered as NestedWrite[]);
}

function lowerOne(relation: Relation, value: unknown, place: Place, context: BodyContext): NestedWrite | undefined {
  if (!isMap(value))
    return context.report("write/nested-one", place, [relation.name, show(value)], { hint: linkHint(relation) });
  return lowerCreate(relation, value, place, context);
}

/** How a row that is there is meant instead of a new one. */
function linkHint(relation: Relation): string | undefined {
  if (relation.kind !== "one") return undefined;
  return `One that is there is written by ${relation.columns.map(({ name }) => `"${name}"`).join(" and ")}.`;
}

/** Whether a map says what becomes of a row in the words of other tools: `{ connect: … }`, `{ create: … }`. Says so. */
function saysForeignWord(relation: Relation, value: object, place: Place, { report }: BodyContext): boolean {
  const { columns, relations } = relation.to;
  const word = Object.keys(value).find((key) => isNestingWord(key) && !columns.has(key) && !relations.has(key));
  if (word === undefined) return false;
  const hint = isToMany(relation)
    ? "Maps in its list are new rows, and keys link rows that are there."
    : ["Its map is the new row itself.", linkHint(relation)].join(" ").trim();
  report("operation/no-use", place.at(word), [word, `"${relation.name}"`], { at: "key", hint });
  return true;
}

function lowerMany(relation: ToMany, value: unknown, place: Place, context: BodyContext): (NestedWrite | undefined)[] {
  if (relation.kind === "manyToMany" && !canLink(relation, place, context)) return [undefined];
  if (isMap(value) && "each" in value) return [lowerEach(relation, value, place, context)];
  if (isMap(value) && saysForeignWord(relation, value, place, context)) return [undefined];
  if (!Array.isArray(value)) return [lowerLink(relation, value, place, context)];
  const created = value.map((item, index) => {
    if (!isMap(item)) return [];
    const at = place.at(index);
    return ["each" in item ? lowerEach(relation, item, at, context) : lowerCreate(relation, item, at, context)];
  });
  const keys = value.filter((item) => !isMap(item));
  if (keys.length === 0) return created.flat();
  // keys keep their places: a map in between is no key
  const placed = value.map((item) => (isMap(item) ? undefined : item));
  return [...created.flat(), lowerLink(relation, placed, place, context)];
}

function lowerLink(relation: ToMany, written: unknown, place: Place, context: BodyContext): NestedWrite | undefined {
  const keys = lowerLinkKeys(written, relation, place, context);
  return keys && { kind: "link", relation, keys };
}

function lowerCreate(
  relation: Relation,
  values: { readonly [key: string]: unknown },
  place: Place,
  context: BodyContext,
): NestedWrite | undefined {
  if (saysForeignWord(relation, values, place, context)) return;
  const row = lowerNewRow(relation.to, values, givenBy(relation), place, context);
  return row && { kind: "create", relation, row };
}

function lowerEach(
  relation: ToMany,
  { each, values, ...others }: { readonly [key: string]: unknown },
  place: Place,
  context: BodyContext,
): NestedWrite | undefined {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    return context.report("operation/no-use", place.at(unknown), [unknown, `"each"`], {
      at: "key",
      suggest: [unknown, ["each", "values"]],
    });
  if (typeof each !== "string")
    return context.report("operation/option", place.at("each"), [show(each), "an argument"]);
  const list = lowerArgumentList(each, place.at("each"), context);
  if (!list) return;
  const inner = { ...context, item: list.item };
  const row = lowerNewRow(relation.to, values ?? {}, givenBy(relation), place.at("values"), inner);
  return row && { kind: "create", relation, row, each: list.each };
}

/** The columns of the new row that the relation fills. */
function givenBy(relation: Relation): readonly Column[] {
  return relation.kind === "hasOne" || relation.kind === "many" ? relation.inverse.columns : [];
}

function lowerNewRow(
  table: Table,
  values: unknown,
  given: readonly Column[],
  place: Place,
  context: BodyContext,
): NewRow | undefined {
  if (!mayWrite("insert", table, place, context)) return;
  const { columns, relations } = splitRelations(values, table, (name) => table.relations.has(name));
  const assignments = lowerAssignments("values", columns, table, place, context);
  const nested = lowerNestedWrites(relations, table, place, context);
  if (!assignments || !nested) return;
  const filled = [...given, ...filledBy(nested)];
  const all = withTenant(assignments, filled, table, place, context);
  if (writtenTwice(all, filled, context)) return;
  if (missesColumns(table, all, filled, place, context)) return;
  return { table, assignments: all, ...(nested.length > 0 && { nested }) };
}

/** The columns of a row that the rows made before it fill. */
export function filledBy(nested: readonly NestedWrite[]): readonly Column[] {
  return nested.flatMap(({ relation }) => (relation.kind === "one" ? relation.columns : []));
}

/** Whether a column is written that a relation fills. Says so. */
export function writtenTwice(
  assignments: readonly Assignment[],
  filled: readonly Column[],
  { report }: BodyContext,
): boolean {
  const twice = assignments.filter(({ column }) => filled.includes(column));
  for (const { column, place } of twice) report("write/twice", place, [column.name], { at: "key" });
  return twice.length > 0;
}
