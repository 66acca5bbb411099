import type { Place } from "../manifest/place.ts";
import type { Assignment } from "./assignment.ts";
import type { Operand } from "./condition.ts";
import { isMap, show } from "./constants.ts";
import { type BodyContext, valueScope } from "./context.ts";
import { nativeChange } from "./foreignWrites.ts";
import { writtenOperand } from "./operands.ts";
import { mayWriteColumn } from "./signInWrites.ts";
import type { Column, Table } from "./table.ts";
import { tenantOf } from "./tenants.ts";
import { typeText } from "./typeText.ts";
import { unknownColumn } from "./unknown.ts";
import { lowerWrittenExpression } from "./writtenExpressions.ts";

/** `values` of an insert or `set` of an update: what is written to which column. Undefined when something in it is wrong. */
export function lowerAssignments(
  key: "values" | "set",
  written: unknown,
  table: Table,
  place: Place,
  context: BodyContext,
): readonly Assignment[] | undefined {
  if (written === undefined) return [];
  if (!isMap(written)) return context.report("operation/option", place, [show(written), "a map of columns"]);
  const assignments = Object.entries(written)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => lowerAssignment(key, name, value, table, place.at(name), context));
  return assignments.includes(undefined) ? undefined : (assignments as Assignment[]);
}

function lowerAssignment(
  key: "values" | "set",
  name: string,
  value: unknown,
  table: Table,
  place: Place,
  context: BodyContext,
): Assignment | undefined {
  const column = writableColumn(name, table, place, context, key === "set");
  if (!column) return;
  const { kind } = column.type;
  const plain = kind === "json" || kind === "object" || !isMap(value);
  const written = plain
    ? writtenOperand(value, column, place, valueScope(context), context)
    : typeof value["expr"] === "string" && Object.keys(value).length === 1 && context.references === "manifest"
      ? lowerWrittenExpression(value["expr"], { column, table, hasRow: key === "set" }, place.at("expr"), context)
      : lowerChange(key, value, column, place, context);
  return written && { column, value: written, place };
}

/** A column that a write may name. Says why not: a relation is written by its column, a key is not changed. */
export function writableColumn(
  name: string,
  table: Table,
  place: Place,
  context: BodyContext,
  changes: boolean,
  at: "key" | "value" = "key",
): Column | undefined {
  const extras = at === "key" ? { at } : {};
  const column = table.columns.get(name);
  if (!column) {
    if (context.failed.has(`${table.name}.${name}`)) return;
    return unknownColumn(context.report, table.name, name, table.columns.keys(), place, {
      ...extras,
      hint: relationHint(name, table),
    });
  }
  if (column.computed) return context.report("write/computed", place, [name], extras);
  if (column.version) return context.report("write/version", place, [name], extras);
  if (context.caller && tenantOf(table, context.caller)?.column === column)
    return context.report("tenant/written", place, [name, table.name], {
      ...extras,
      hint: changes ? undefined : "A new row gets it from the caller by itself.",
    });
  if (changes && table.primaryKey.includes(column))
    return context.report("write/key", place, [name, table.name], extras);
  if (!mayWriteColumn(column, table, place, context, extras)) return;
  return column;
}

function relationHint(name: string, { relations }: Table): string | undefined {
  const relation = relations.get(name);
  if (relation?.kind === "one")
    return `It is a relation: write ${relation.columns.map((column) => `"${column.name}"`).join(" and ")}.`;
  return relation && "It is a relation, and rows of other tables are not written here.";
}

const changes = ["increment", "decrement", "multiply"];

const numeric: ReadonlySet<string> = new Set(["integer", "number", "bigint", "decimal"]);

/** `{ increment: n }` and its kin. */
function lowerChange(
  key: "values" | "set",
  value: { readonly [key: string]: unknown },
  column: Column,
  place: Place,
  context: BodyContext,
): Assignment["value"] | undefined {
  const [kind, ...others] = Object.keys(value);
  if (key === "values" || others.length > 0 || (kind !== "increment" && kind !== "decrement" && kind !== "multiply"))
    return notAValue(key, value, column, place, context);
  if (!numeric.has(column.type.kind))
    return context.report("write/not-a-number", place.at(kind), [kind, column.name, typeText(column.type)], {
      at: "key",
    });
  const by = changeOperand(value[kind], column, place.at(kind), context);
  return by && { kind, by };
}

/** A map that is no change: whether it is one in the words of another tool, or what stands in such a map. */
function notAValue(
  key: "values" | "set",
  value: { readonly [key: string]: unknown },
  column: Column,
  place: Place,
  { report, references }: BodyContext,
): undefined {
  const [word, ...others] = Object.keys(value);
  const native = word === undefined || others.length > 0 ? undefined : nativeChange(word);
  const parameters = [show(value), column.name] as const;
  if (native === undefined || (key === "values" && native !== "expr")) {
    const forms = [
      ...(key === "set" ? changes.map((kind) => `{ ${kind}: n }`) : []),
      ...(references === "manifest" ? ['{ expr: "…" }'] : []),
    ];
    const hint = forms.length === 0 ? undefined : `What is computed is written ${forms.join(", ")}.`;
    return report("write/not-a-value", place, [...parameters], { hint });
  }
  return report("write/not-a-value", place.at(word!), [...parameters], {
    at: "key",
    hint: `It is called "${native}" here.`,
    rewrite: native,
  });
}

/** By how much: of the column's type, but not bound to its range, and never null. */
function changeOperand(value: unknown, column: Column, place: Place, context: BodyContext): Operand | undefined {
  const { type } = column;
  const unbound = type.kind === "decimal" ? { kind: type.kind, scale: type.scale } : { kind: type.kind as "integer" };
  return writtenOperand(value, { ...column, type: unbound, nullable: false }, place, valueScope(context), context);
}
