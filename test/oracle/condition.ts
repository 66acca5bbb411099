import { entryInDoubt, inDoubt } from "./doubt.ts";
import { columnsOf, type Json, mapEntries, relationOf, type Type } from "./manifest.ts";
import { type Row, related } from "./rows.ts";
import { isRow, permits, type Verb } from "./rules.ts";
import { type Scope, scopeOf } from "./scope.ts";
import { compare, fromWire, same, type Value } from "./value.ts";

/** True, false, or absent: what hangs on an argument that was not sent "is a condition that exists only when the argument was sent". */
export type Truth = boolean | "absent";

/** "A map is AND, a list is OR, `not` negates." */
export function holds(written: Json, row: Row, scope: Scope): Truth {
  if (typeof written === "string") return holds(scope.manifest.tables[scope.table!]!.conditions![written], row, scope);
  if (Array.isArray(written)) return or(written.map((each) => holds(each, row, scope)));
  return and(Object.entries(written).map(([key, value]) => entry(key, value, row, scope)));
}

/** "A map or list whose entries are all absent is absent itself"; an empty one is not. */
const present = (of: readonly Truth[]) => of.filter((each): each is boolean => each !== "absent");
const isAbsent = (of: readonly Truth[]): boolean => of.length > 0 && present(of).length === 0;
const and = (of: readonly Truth[]): Truth => (isAbsent(of) ? "absent" : present(of).every(Boolean));
const or = (of: readonly Truth[]): Truth => (isAbsent(of) ? "absent" : present(of).some(Boolean));
const negate = (of: Truth): Truth => (of === "absent" ? of : !of);

/** "Doubt never grants": what is in doubt is false, and so is what would turn it. */
const sure = (of: Truth, doubt: () => boolean): Truth => (of === "absent" ? of : of && !doubt());

function entry(key: string, value: Json, row: Row, scope: Scope): Truth {
  if (key === "not") return sure(negate(holds(value, row, scope)), () => inDoubt(value, row, scope));
  if (key === "all") return and((value as Json[]).map((each) => holds(each, row, scope)));
  if (key === "any") return or((value as Json[]).map((each) => holds(each, row, scope)));
  if (key === "may") return may(value, row, scope);
  const found = simple(key, value, row, scope);
  if (found === undefined) return quantified(key, value, row, scope);
  return sure(found, () => entryInDoubt(key, value, row, scope));
}

/** "The caller may do that to it by that table's rules." */
function may(verb: Verb, row: Row, { manifest, table, caller }: Scope): boolean {
  const whole = caller!.all[table!]!.find((other) => isRow(manifest, table!, other, row));
  return whole !== undefined && permits(manifest, table!, verb, whole, caller!);
}

/** What is said of a value: a column, an argument, a measure, a field of the caller; undefined where the key is a relation. */
function simple(key: string, value: Json, row: Row, scope: Scope): Truth | undefined {
  const type = scope.columns[key];
  if (type) return tests(row[key]!, type, value, row, scope);
  const measured = scope.aggregates?.[key];
  if (measured) {
    const { values, types } = measured.of(row);
    return holds(value, values, { ...scope, columns: types, aggregates: {} });
  }
  if (key.startsWith("$user.")) {
    const name = key.slice(6);
    const of = columnsOf(scope.manifest, "users")[name]!;
    return tests(scope.caller!.user?.[name] ?? null, of, value, row, scope);
  }
  if (key.startsWith("$args.")) {
    const name = key.slice(6).replace("?", "");
    if (key.endsWith("?") && !Object.hasOwn(scope.args, name)) return "absent";
    const of = scope.declared[name]!;
    return tests(fromWire(scope.args[name], of), of, value, row, scope);
  }
  return undefined;
}

function quantified(name: string, value: Json, row: Row, scope: Scope): Truth {
  const relation = relationOf(scope.manifest, scope.table!, name)!;
  const rows = related(scope.tables, relation, row);
  const inner = scopeOf(scope, relation.to);
  const some = (condition: Json): Truth => {
    // whether it is absent hangs on the arguments alone, so that a row of nothing tells
    if (
      holds(
        condition,
        mapEntries(inner.columns, () => null),
        inner,
      ) === "absent"
    )
      return "absent";
    return rows.some((other) => holds(condition, other, inner) === true);
  };
  if (!relation.many) return value === null ? rows.length === 0 : some(value);
  return and(
    Object.entries(value).map(([quantifier, condition]) => {
      if (quantifier === "some") return some(condition);
      const doubt = () => inDoubt({ [name]: { some: condition } }, row, scope);
      if (quantifier === "none") return sure(negate(some(condition)), doubt);
      if (some(condition) === "absent") return "absent";
      return sure(
        rows.every((other) => holds(condition, other, inner) === true),
        doubt,
      );
    }),
  );
}

const isOperators = (value: Json): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !("column" in value);

/** What is said of a value: a value to be equal to, or operators, which are ANDed. */
function tests(left: Value, type: Type, written: Json, row: Row, scope: Scope): Truth {
  if (!isOperators(written)) return operator("eq", left, type, written, {}, row, scope);
  if (type.kind === "object") return ofObject(left, type, written, row, scope);
  const operators = Object.entries(written).filter(([op]) => op !== "caseSensitive");
  return and(operators.map(([op, right]) => operator(op, left, type, right, written, row, scope)));
}

/** An object by its properties; those of an object that is null are null. */
function ofObject(left: Value, type: Type, written: Json, row: Row, scope: Scope): Truth {
  const properties = { ...(left as Row | null) };
  for (const name of Object.keys(type.properties!)) properties[name] ??= null;
  const inside = { ...scope, columns: type.properties! };
  return and(
    Object.entries(written).map(([key, value]) =>
      key === "isNull" ? (left === null) === value : entry(key, value, { ...row, ...properties }, inside),
    ),
  );
}

function operator(op: string, left: Value, type: Type, written: Json, beside: Json, row: Row, scope: Scope): Truth {
  if (op === "some" || op === "every" || op === "none") return elements(op, left, type, written, row, scope);
  if (op === "length") {
    const count = left === null ? null : (left as readonly Value[]).length;
    return tests(count, { kind: "integer", nullable: true, scale: 0 }, written, row, scope);
  }
  if (op === "isNull") {
    const is = operand(written, { kind: "boolean", nullable: true, scale: 0 }, row, scope);
    return is === undefined ? "absent" : is === null ? false : (left === null) === is;
  }
  const listed = op === "in" || op === "notIn" || op === "includes" || op === "includesAny";
  const items = op.startsWith("includes") ? type.items! : type;
  const right = operand(written, listed ? { kind: "array", nullable: true, scale: 0, items } : type, row, scope);
  if (right === undefined) return "absent";
  if (op === "eq") return same(left, right);
  if (op === "ne") return !same(left, right);
  if (op === "in" || op === "notIn") {
    const among = ((right ?? []) as readonly Value[]).some((each) => same(each, left));
    return among === (op === "in");
  }
  if (left === null || right === null) return false;
  if (op === "includes" || op === "includesAny") {
    const has = (each: Value): boolean => (left as readonly Value[]).some((own) => same(own, each));
    return op === "includes" ? (right as readonly Value[]).every(has) : (right as readonly Value[]).some(has);
  }
  return ordered(op, left, right, beside.caseSensitive !== false);
}

function ordered(op: string, left: Value, right: Value, caseSensitive: boolean): boolean {
  const [text, sought] = [left, right].map((each) =>
    caseSensitive ? String(each) : String(each).replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  ) as [string, string];
  switch (op) {
    case "gt":
      return compare(left, right) > 0;
    case "gte":
      return compare(left, right) >= 0;
    case "lt":
      return compare(left, right) < 0;
    case "lte":
      return compare(left, right) <= 0;
    case "contains":
      return text.includes(sought);
    case "startsWith":
      return text.startsWith(sought);
    case "endsWith":
      return text.endsWith(sought);
  }
  throw new Error(`The oracle knows no ${op}`);
}

/** `some: …` over the elements of a list; there are none in a list that is null. */
function elements(op: string, left: Value, type: Type, written: Json, row: Row, scope: Scope): Truth {
  const items = type.items!;
  const meets = (element: Value): Truth => tests(element, items, written, row, scope);
  if (meets(null) === "absent") return "absent";
  const met = ((left ?? []) as readonly Value[]).map(meets);
  if (op === "every") return met.every((each) => each === true);
  return met.some((each) => each === true) === (op === "some");
}

/** The value that stands there; undefined is one that was not sent. */
function operand(written: Json, type: Type, row: Row, scope: Scope): Value | undefined {
  if (typeof written === "string" && written.startsWith("$$")) return fromWire(written.slice(1), type);
  if (typeof written === "string" && written.startsWith("$user."))
    return scope.caller!.user?.[written.slice(6)] ?? null;
  if (typeof written === "string" && written.startsWith("$before.")) return scope.before![written.slice(8)]!;
  if (typeof written === "string" && written.startsWith("$args.")) {
    const name = written.slice(6).replace("?", "");
    return Object.hasOwn(scope.args, name) ? fromWire(scope.args[name], type) : undefined;
  }
  if (Array.isArray(written) && type.kind === "array")
    return written.map((each) => operand(each, type.items!, row, scope) as Value);
  if (written !== null && typeof written === "object" && "column" in written)
    return (written.column as string).split(".").reduce((at: Json, name) => at?.[name] ?? null, row);
  return fromWire(written, type);
}
