import type { Condition, Operand } from "../ir/condition.ts";
import type { Column } from "../ir/table.ts";
import { optionalNames } from "../plan/operand.ts";
import { findsFew } from "../plan/related.ts";

/** What every call asks of the columns of a row, so far as an index can find rows by it. */
export interface Pins {
  /** the column equals something, in the order of the text */
  readonly equal: readonly Column[];
  /** the column is null, or one of a few values that many rows share */
  readonly coarse: readonly Column[];
  /** the column is above or below something */
  readonly ranged: readonly Column[];
  /** latitude and longitude of a place that is near */
  readonly near: readonly Column[];
  /** the full-text index finds the rows */
  readonly searched: boolean;
  /** of an `any`: what each of its parts asks */
  readonly either: readonly (readonly Pins[])[];
}

const nothing: Pins = { equal: [], coarse: [], ranged: [], near: [], searched: false, either: [] };

/** What a condition asks of its row in every call: what hangs on an optional argument asks nothing. */
export function pinsOf(condition: Condition | undefined): Pins {
  if (!condition || isOptional(condition)) return nothing;
  switch (condition.kind) {
    case "all":
      return condition.of.map(pinsOf).reduce(both, nothing);
    case "any":
      return condition.of.length === 1
        ? pinsOf(condition.of[0])
        : { ...nothing, either: [condition.of.filter((part) => !isOptional(part)).map(pinsOf)] };
    case "compare": {
      const sides = [columnOf(condition.left, condition.right), columnOf(condition.right, condition.left)];
      const [column] = sides.filter((side) => side !== undefined);
      if (!column || condition.op === "ne") return nothing;
      return condition.op === "eq" ? equalTo(column) : { ...nothing, ranged: [column] };
    }
    case "in": {
      const column = columnOf(condition.left, condition.list);
      return column && !condition.negated ? equalTo(column) : nothing;
    }
    case "isNull": {
      const column = columnOf(condition.of, condition.is);
      const isNull = condition.is.kind === "constant" && condition.is.value === true;
      return column && isNull ? { ...nothing, coarse: [column] } : nothing;
    }
    case "related": {
      const { relation, quantifier, of } = condition;
      const byKey = relation.kind === "one" && quantifier === "some" && of && findsFew(of, true);
      return byKey ? { ...nothing, equal: relation.columns } : nothing;
    }
    case "near":
      return { ...nothing, near: condition.of };
    case "search":
      return { ...nothing, searched: true };
    case "not":
    case "match":
    case "includes":
    case "element":
    case "may":
      return nothing;
  }
}

function both(a: Pins, b: Pins): Pins {
  return {
    equal: [...new Set([...a.equal, ...b.equal])],
    coarse: [...new Set([...a.coarse, ...b.coarse])],
    ranged: [...new Set([...a.ranged, ...b.ranged])],
    near: a.near.length > 0 ? a.near : b.near,
    searched: a.searched || b.searched,
    either: [...a.either, ...b.either],
  };
}

/** A column that is compared with something else than the row's own columns; measures are no columns that an index holds. */
function columnOf(operand: Operand, other: Operand): Column | undefined {
  return operand.kind === "column" && !operand.column.measured && other.kind !== "column" ? operand.column : undefined;
}

function equalTo(column: Column): Pins {
  const { kind } = column.type;
  return kind === "boolean" || kind === "enum" ? { ...nothing, coarse: [column] } : { ...nothing, equal: [column] };
}

/** Whether there are calls in which a condition is absent. */
export function isOptional(condition: Condition): boolean {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.of.length > 0 && condition.of.every(isOptional);
    case "not":
      return isOptional(condition.of);
    case "related":
      return condition.of !== undefined && isOptional(condition.of);
    case "compare":
    case "match":
      return optionalNames(condition.left, condition.right).length > 0;
    case "in":
    case "includes":
      return optionalNames(condition.left, condition.list).length > 0;
    case "isNull":
      return optionalNames(condition.of, condition.is).length > 0;
    case "element":
      return optionalNames(condition.list).length > 0 || isOptional(condition.of);
    case "near":
      return optionalNames(condition.latitude, condition.longitude, condition.within).length > 0;
    case "search":
      return optionalNames(condition.text).length > 0;
    case "may":
      return false;
  }
}
