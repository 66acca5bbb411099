import type { OperationArguments } from "./arguments.ts";
import { lowerConstant } from "./constants.ts";
import { type Constraints, emptyRange } from "./constraints.ts";
import type { Lowering } from "./draft.ts";
import { intersection } from "./intersection.ts";
import type { Argument } from "./operation.ts";
import type { Purpose } from "./scopes.ts";
import type { Property, Value } from "./type.ts";

/** The arguments with the constraints of what they are used for: of the columns that they fill, of limits and offsets, of places. */
export function inheritConstraints(
  lowering: Lowering,
  { declared, purposes }: OperationArguments,
): ReadonlyMap<string, Argument> {
  const inherited = new Map<string, Argument>();
  for (const [name, argument] of declared) {
    if (!argument) continue;
    const own = purposes.filter(({ path }) => path[0] === name);
    const value = own.reduce<Value>(
      (value, { path, purpose }) => narrowed(value, path.slice(1), purpose, lowering),
      argument,
    );
    const whole: Argument = { ...argument, type: value.type, nullable: value.nullable };
    if (own.length > 0) checkWhole(lowering, whole);
    inherited.set(name, whole);
  }
  return inherited;
}

/** Says where no value is left of an argument, and where its default is not. */
function checkWhole(lowering: Lowering, argument: Argument): void {
  const range = emptyRange(argument.type as unknown as Constraints);
  if (range) lowering.report("type/empty-range", argument.place, [...range]);
  else if (argument.default !== undefined) {
    lowerConstant(argument.default, argument, argument.place.at("default"), { ...lowering, references: "none" });
  }
}

/** A value whose part at a path must serve a purpose too. */
function narrowed<V extends Value>(
  value: V,
  [property, ...rest]: readonly string[],
  purpose: Purpose,
  lowering: Lowering,
): V {
  if (property === "*" && value.type.kind === "array") {
    const items = narrowed(value.type.items, rest, purpose, lowering);
    return { ...value, type: { ...value.type, items } };
  }
  if (property !== undefined && value.type.kind === "object") {
    const properties = new Map<string, Property>(value.type.properties);
    properties.set(property, narrowed(properties.get(property)!, rest, purpose, lowering));
    return { ...value, type: { ...value.type, properties } };
  }
  if ("counts" in purpose) {
    const most = purpose.counts === "limit" ? { maximum: lowering.limits.maxLimit } : {};
    return { ...value, type: intersection(value.type, { kind: "integer", minimum: 0, ...most }) };
  }
  if ("within" in purpose) return { ...value, type: intersection(value.type, purpose.within) };
  return {
    ...value,
    type: intersection(value.type, purpose.fills.type),
    nullable: value.nullable && purpose.fills.nullable,
  };
}
