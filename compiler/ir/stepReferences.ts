import type { Place } from "../manifest/place.ts";
import type { Operand } from "./condition.ts";
import type { Step } from "./operation.ts";
import type { Report } from "./report.ts";
import { isSingle, mayFindNone, tableOf } from "./step.ts";
import type { Table } from "./table.ts";
import type { Value } from "./type.ts";
import { unknownColumn } from "./unknown.ts";

/** What an `each` is at: an item of a list that is sent, whose path ends with a star, or a row of a table. */
export type Item =
  | { readonly kind: "argument"; readonly path: readonly string[]; readonly of: Value }
  | { readonly kind: "row"; readonly table: Table };

/** The steps of an operation, as one of them sees the others. */
export interface EarlierSteps {
  /** those before it; undefined where one is wrong, which was said */
  readonly earlier: ReadonlyMap<string, Step | undefined>;
  /** the names of itself and of those behind it */
  readonly later: readonly string[];
}

type Extras = NonNullable<Parameters<Report>[3]>;

/** `$order.id` in full, where there is such a step. */
export function likelyStep(text: string, steps: EarlierSteps | undefined): string | undefined {
  const [, name, rest] = /^\$(\w+)(\.\w+)$/.exec(text) ?? [];
  return name !== undefined && steps?.earlier.has(name) ? `$steps.${name}${rest}` : undefined;
}

/** `$steps.name.column`. Says why the step has no row to speak of. */
export function stepReference(
  text: string,
  [name, columnName]: readonly [string, string],
  { earlier, later }: EarlierSteps,
  place: Place,
  report: Report,
  extras: Extras,
): Extract<Operand, { kind: "step" }> | undefined {
  if (later.includes(name)) return report("reference/later-step", place, [name], extras);
  if (!earlier.has(name)) {
    const written = (known: string) => text.replace(`.${name}.`, `.${known}.`);
    return report("reference/unknown-step", place, [name], { ...extras, suggest: [name, earlier.keys(), written] });
  }
  const step = earlier.get(name);
  if (!step) return;
  if (!isSingle(step))
    return report("reference/no-row", place, [name, step.body.kind === "check" ? "check" : "rows"], {
      ...extras,
      hint: step.each || step.body.kind === "check" ? undefined : 'It has one row where it says "expect: one".',
    });
  const { name: table, columns } = tableOf(step);
  const column = columns.get(columnName);
  const written = (known: string) => text.replace(`.${columnName}`, `.${known}`);
  if (!column) return unknownColumn(report, table, columnName, columns.keys(), place, { ...extras, written });
  const of = { type: column.type, nullable: column.nullable || mayFindNone(step) };
  return { kind: "step", step: name, column, of };
}

/** `$item.column` of a row that an `each` is at, `$before.column` of the row as it was. */
export function rowReference(
  kind: "item" | "before",
  name: string,
  table: Table,
  text: string,
  place: Place,
  report: Report,
  extras: Extras,
): Extract<Operand, { kind: "item" | "before" }> | undefined {
  const column = table.columns.get(name);
  const written = (known: string) => text.replace(`.${name}`, `.${known}`);
  if (!column) return unknownColumn(report, table.name, name, table.columns.keys(), place, { ...extras, written });
  return { kind, column, of: { type: column.type, nullable: column.nullable } };
}
