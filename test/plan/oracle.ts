import type { Condition, Operand } from "../../compiler/ir/condition.ts";
import type { Relation } from "../../compiler/ir/table.ts";

/** A row by the manifest's names; a value is text, a number, a bigint (also for decimals, scaled), a boolean or null. */
export type Value = string | number | bigint | boolean | null;
export type OracleRow = { readonly [column: string]: Value };
export type Tables = { readonly [table: string]: readonly OracleRow[] };

/**
 * What a condition says of a row by the words of the language alone: true, false, or undefined where all of it hangs on arguments
 * that were not sent.
 */
export function holds(
  condition: Condition,
  row: OracleRow,
  tables: Tables,
  args: { readonly [name: string]: unknown },
): boolean | undefined {
  const inside = (of: Condition, other = row) => holds(of, other, tables, args);
  const several = (of: readonly Condition[]) => of.map((each) => inside(each)).filter((each) => each !== undefined);
  switch (condition.kind) {
    case "all": {
      const present = several(condition.of);
      return condition.of.length > 0 && present.length === 0 ? undefined : present.every(Boolean);
    }
    case "any": {
      const present = several(condition.of);
      return condition.of.length > 0 && present.length === 0 ? undefined : present.some(Boolean);
    }
    case "not": {
      const of = inside(condition.of);
      return of === undefined ? undefined : !of;
    }
    case "compare": {
      if (absent(condition.left) || absent(condition.right)) return undefined;
      const [left, right] = [value(condition.left), value(condition.right)];
      if (condition.op === "eq") return same(left, right);
      if (condition.op === "ne") return !same(left, right);
      if (left === null || right === null) return false;
      const order = compareValues(left, right);
      return { gt: order > 0, gte: order >= 0, lt: order < 0, lte: order <= 0 }[condition.op];
    }
    case "in": {
      if (absent(condition.left) || absent(condition.list)) return undefined;
      const list = (value(condition.list) ?? []) as unknown as Value[];
      return list.some((item) => same(item, value(condition.left))) !== condition.negated;
    }
    case "isNull": {
      if (absent(condition.of) || absent(condition.is)) return undefined;
      const is = value(condition.is);
      return is === null ? false : (value(condition.of) === null) === is;
    }
    case "match": {
      if (absent(condition.left) || absent(condition.right)) return undefined;
      const operands = [value(condition.left), value(condition.right)];
      if (operands.includes(null)) return false;
      const [text, sought] = operands.map((each) => (condition.caseSensitive ? String(each) : lower(String(each))));
      return {
        contains: text!.includes(sought!),
        startsWith: text!.startsWith(sought!),
        endsWith: text!.endsWith(sought!),
      }[condition.op];
    }
    case "related": {
      const related = relatedRows(condition.relation, row, tables);
      if (!condition.of)
        return { some: related.length > 0, none: related.length === 0, every: true }[condition.quantifier];
      // whether it is absent does not hang on the row
      if (holds(condition.of, anyRow(condition.relation, tables), tables, args) === undefined) return undefined;
      const met = related.map((each) => inside(condition.of!, each));
      return { some: met.some(Boolean), none: !met.some(Boolean), every: met.every(Boolean) }[condition.quantifier];
    }
  }

  function absent(operand: Operand): boolean {
    return operand.kind === "argument" && operand.optional && !Object.hasOwn(args, operand.path[0]!);
  }

  function value(operand: Operand): Value {
    if (operand.kind === "column") return row[operand.column.name]!;
    if (operand.kind !== "constant" && operand.kind !== "argument") throw new Error(`${operand.kind} is not here`);
    const wire = operand.kind === "constant" ? operand.value : (args[operand.path[0]!] ?? null);
    return fromWire(wire, operand.of.type.kind);
  }

  function fromWire(wire: unknown, kind: string): Value {
    if (Array.isArray(wire))
      return wire.map((item) =>
        fromWire(item, typeof item === "string" && /^-?\d{9,}$/.test(item) ? "bigint" : ""),
      ) as never;
    if (wire === null || wire === undefined) return null;
    return kind === "bigint" ? BigInt(wire as string) : (wire as Value);
  }
}

function relatedRows(relation: Relation, row: OracleRow, tables: Tables): readonly OracleRow[] {
  const rows = tables[relation.to.name]!;
  const linked = (
    own: OracleRow,
    other: OracleRow,
    from: readonly { name: string }[],
    to: readonly { name: string }[],
  ) => from.every(({ name }, index) => own[name] !== null && own[name] === other[to[index]!.name]);
  if (relation.kind === "one") return rows.filter((other) => linked(row, other, relation.columns, relation.references));
  if (relation.kind !== "manyToMany") {
    const { columns, references } = relation.inverse;
    return rows.filter((other) => linked(other, row, columns, references));
  }
  const { near, far, junction } = relation;
  const links = tables[junction.name]!.filter((link) => linked(link, row, near.columns, near.references));
  return rows.filter((other) => links.some((link) => linked(link, other, far.columns, far.references)));
}

function anyRow(relation: Relation, tables: Tables): OracleRow {
  return tables[relation.to.name]![0]!;
}

function same(left: Value, right: Value): boolean {
  return left === null || right === null ? left === right : compareValues(left, right) === 0;
}

/** Texts by code point, everything else by size. */
export function compareValues(left: Exclude<Value, null>, right: Exclude<Value, null>): number {
  if (typeof left === "string" && typeof right === "string")
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
  const [a, b] = [typeof left === "boolean" ? Number(left) : left, typeof right === "boolean" ? Number(right) : right];
  return a < b ? -1 : a > b ? 1 : 0;
}

function lower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
