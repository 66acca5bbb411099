import type { Place } from "../manifest/place.ts";
import { lowerCondition } from "./conditions.ts";
import { isMap, show } from "./constants.ts";
import { type BodyContext, readScope } from "./context.ts";
import { isOpen } from "./guarded.ts";
import { measureFunctions, resultColumn, resultType } from "./measure.ts";
import { conditionWords } from "./names.ts";
import { canBeOrdered } from "./orders.ts";
import { isToMany } from "./relationKinds.ts";
import type { Column, Measure, MeasuredValue, MeasureFunction, Relation, Table } from "./table.ts";
import { typeText } from "./typeText.ts";
import { unknownColumn } from "./unknown.ts";

/** The rows that measures are reckoned over. */
export interface Measuring {
  readonly table: Table;
  /** names of results that are there already */
  readonly taken: ReadonlySet<string>;
  /** there is a row at least, as in a group */
  readonly populated: boolean;
}

/** `{ total: { count: all }, points: { sum: points } }`. Says all that is wrong in it. */
export function lowerMeasures(
  written: unknown,
  of: Measuring,
  place: Place,
  context: BodyContext,
): readonly Measure[] | undefined {
  if (!isMap(written) || Object.values(written).every((measure) => measure === undefined))
    return context.report("operation/option", place, [show(written), "a map of measures: { total: { count: all } }"]);
  const measures = Object.entries(written)
    .filter(([, measure]) => measure !== undefined)
    .map(([name, measure]) => lowerMeasure(name, measure, of, place.at(name), context));
  return measures.includes(undefined) ? undefined : (measures as Measure[]);
}

function lowerMeasure(
  name: string,
  written: unknown,
  { table, taken, populated }: Measuring,
  place: Place,
  context: BodyContext,
): Measure | undefined {
  if (taken.has(name)) return context.report("aggregate/name-taken", place, [name], { at: "key" });
  if (conditionWords.has(name)) return context.report("name/condition-word", place, [name], { at: "key" });
  const fns = isMap(written) ? measureFunctions.filter((fn) => written[fn] !== undefined) : [];
  const [fn] = fns;
  if (!isMap(written) || fn === undefined || fns.length > 1)
    return context.report("operation/option", place, [
      show(written),
      "one measure: { count: all }, { sum: column }, …",
    ]);
  const unknown = Object.keys(written).find((key) => ![fn, "distinct", "where"].includes(key));
  if (unknown !== undefined)
    return context.report("operation/no-use", place.at(unknown), [unknown, "a measure"], { at: "key" });
  const of =
    written[fn] === "all" && fn === "count" ? "rows" : lowerPath(fn, written[fn], table, place.at(fn), context);
  const counted = of === "rows" || of === undefined ? table : (of.rows.at(-1)?.to ?? table);
  const where =
    written["where"] === undefined
      ? "absent"
      : lowerCondition(written["where"], counted, place.at("where"), readScope(context), context);
  const distinct = written["distinct"] === true;
  if (!of || !where || (distinct && !checkDistinct(fn, of, place.at("distinct"), context))) return;
  return {
    column: resultColumn(name, resultOf(fn, of, populated && where === "absent"), place),
    fn,
    ...(of !== "rows" && { of }),
    distinct,
    ...(where !== "absent" && { where }),
  };
}

/** Where there is a row at least, and all on the way to the value is always there, so is the result. */
function resultOf(fn: MeasureFunction, of: MeasuredValue | "rows", populated: boolean) {
  if (of === "rows" || !of.column) return { type: { kind: "integer" }, nullable: false } as const;
  const always =
    of.rows.length === 0 && !of.column.nullable && of.ones.every((one) => one.kind === "one" && !one.optional);
  return { type: resultType(fn, of.column.type), nullable: fn !== "count" && !(populated && always) };
}

/** `points`, `project.budget`, `comments.points`; `comments` alone where rows are counted. */
function lowerPath(
  fn: MeasureFunction,
  written: unknown,
  table: Table,
  place: Place,
  context: BodyContext,
): MeasuredValue | undefined {
  if (typeof written !== "string") return context.report("operation/option", place, [show(written), "a column"]);
  const names = written.split(".");
  const relations: Relation[] = [];
  let at = table;
  for (const [index, name] of names.entries()) {
    const relation = at.relations.get(name);
    const last = index === names.length - 1;
    if (!relation && last) return columnValue(fn, name, { at, relations, written }, place, context);
    if (!relation) {
      if (context.failed.has(`${at.name}.${name}`)) return;
      return context.report("reference/unknown-relation", place, [at.name, name], {
        suggest: [name, at.relations.keys(), (known) => replaced(written, index, known)],
      });
    }
    relations.push(relation);
    at = relation.to;
  }
  if (fn === "count") return divided(relations);
  const column = [...at.columns.values()].find(({ type }) => takes(fn, type));
  const hint = column && `Write ${written}.${column.name}, or another of its columns.`;
  return context.report("aggregate/relation", place, [fn, written], { hint });
}

function columnValue(
  fn: MeasureFunction,
  name: string,
  { at, relations, written }: { readonly at: Table; readonly relations: readonly Relation[]; readonly written: string },
  place: Place,
  context: BodyContext,
): MeasuredValue | undefined {
  const column = at.columns.get(name);
  if (!column) {
    if (context.failed.has(`${at.name}.${name}`)) return;
    const candidates = [...(fn === "count" ? ["all", ...at.relations.keys()] : []), ...at.columns.keys()];
    return unknownColumn(context.report, at.name, name, candidates, place, {
      written: (known) => replaced(written, relations.length, known),
    });
  }
  if (column.measured) return context.report("aggregate/count", place, [column.name]);
  if (!isOpen(column, "measured", place, context)) return;
  if (!takes(fn, column.type)) return context.report("aggregate/type", place, [fn, written, typeText(column.type)]);
  return { ...divided(relations), column };
}

function divided(relations: readonly Relation[]): MeasuredValue {
  const end = relations.findLastIndex(isToMany) + 1;
  return { rows: relations.slice(0, end), ones: relations.slice(end) };
}

const replaced = (path: string, index: number, name: string): string => path.split(".").with(index, name).join(".");

const numbers: ReadonlySet<string> = new Set(["integer", "number", "bigint", "decimal"]);

/** Whether a function can be reckoned over values of a type. */
export function takes(fn: MeasureFunction, type: Column["type"]): boolean {
  if (fn === "count") return true;
  return fn === "sum" || fn === "avg" ? numbers.has(type.kind) : canBeOrdered({ type });
}

/** Different values are counted, added up or averaged: those of a column that tells values apart, and not by way of many rows. */
function checkDistinct(
  fn: MeasureFunction,
  of: MeasuredValue | "rows",
  place: Place,
  { report }: BodyContext,
): boolean {
  if (fn === "min" || fn === "max") report("operation/no-use", place, ["distinct", `"${fn}"`], { at: "key" });
  else if (of === "rows" || !of.column) report("aggregate/distinct-rows", place, [], { at: "key" });
  else if (!canBeOrdered(of.column))
    report("aggregate/distinct-type", place, [of.column.name, typeText(of.column.type)], { at: "key" });
  else if (of.rows.length > 0) report("aggregate/distinct-way", place, [of.rows.at(-1)!.name], { at: "key" });
  else return true;
  return false;
}
