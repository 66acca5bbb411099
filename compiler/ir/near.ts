import type { Place } from "../manifest/place.ts";
import { absence, type Lowered } from "./combine.ts";
import type { CallOperand } from "./condition.ts";
import { isMap, show } from "./constants.ts";
import type { BodyContext } from "./context.ts";
import { callOperand } from "./operands.ts";
import type { Scope } from "./scopes.ts";
import type { Column, Table } from "./table.ts";
import type { Value } from "./type.ts";
import { typeText } from "./typeText.ts";
import { unknownColumn } from "./unknown.ts";

const number = (minimum: number, maximum?: number): Value => ({
  type: { kind: "number", minimum, ...(maximum !== undefined && { maximum }) },
  nullable: false,
});

/** Degrees and metres. */
const parts = { latitude: number(-90, 90), longitude: number(-180, 180), within: number(0) } as const;

type Part = keyof typeof parts;

const form = "a place and a distance: { latitude, longitude, within, of: [latitudeColumn, longitudeColumn] }";

/** `near: { latitude, longitude, within, of: [latitudeColumn, longitudeColumn] }`. Says all that is wrong in it. */
export function lowerNear(value: unknown, table: Table, place: Place, scope: Scope, context: BodyContext): Lowered {
  if (!isMap(value)) return context.report("operation/option", place, [show(value), form]);
  const names = Object.keys(parts) as Part[];
  const unknown = Object.keys(value).filter((key) => key !== "of" && !Object.hasOwn(parts, key));
  for (const key of unknown)
    context.report("operation/no-use", place.at(key), [key, "near"], { at: "key", suggest: [key, [...names, "of"]] });
  if ([...names, "of"].some((name) => !Object.hasOwn(value, name)))
    return context.report("operation/option", place, [show(value), form]);
  const missing = names.find((name) => value[name] === undefined);
  if (missing) return absence(place.at(missing), scope, context);
  const [latitude, longitude, within] = names.map((name) =>
    callOperand(value[name], parts[name], place.at(name), scope, context),
  ) as (CallOperand | undefined)[];
  const of = lowerPlace(value["of"], table, place.at("of"), context);
  if (!latitude || !longitude || !within || !of || unknown.length > 0) return;
  return { kind: "near", latitude, longitude, within, of };
}

/** Whether a column may be one of those that hold a row's place. */
export const holdsDegrees = ({ type }: Column): boolean => type.kind === "number" || type.kind === "integer";

/** Two columns of degrees. */
function lowerPlace(
  written: unknown,
  table: Table,
  place: Place,
  context: BodyContext,
): readonly [Column, Column] | undefined {
  if (!Array.isArray(written) || written.length !== 2)
    return context.report("operation/option", place, [show(written), "a list of two columns, latitude and longitude"]);
  if (written[0] === written[1]) return context.report("name/twice", place.at(1), [String(written[1])]);
  const [latitude, longitude] = written.map((name, index) =>
    lowerDegrees(String(name), table, place.at(index), context),
  );
  return latitude && longitude && [latitude, longitude];
}

function lowerDegrees(name: string, table: Table, place: Place, context: BodyContext): Column | undefined {
  const column = table.columns.get(name);
  if (!column) {
    if (context.failed.has(`${table.name}.${name}`)) return;
    const numbers = [...table.columns.values()].filter(({ type }) => type.kind === "number");
    return unknownColumn(
      context.report,
      table.name,
      name,
      numbers.map((each) => each.name),
      place,
    );
  }
  return holdsDegrees(column) ? column : context.report("condition/near-column", place, [name, typeText(column.type)]);
}
