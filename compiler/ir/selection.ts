import type { Place } from "../manifest/place.ts";
import type { Operand } from "./condition.ts";
import { show } from "./constants.ts";
import { type BodyContext, limitScope } from "./context.ts";
import { isHidden, visibleColumns } from "./guarded.ts";
import { isReference, lowerReference } from "./scopes.ts";
import { strayListed } from "./strayNames.ts";
import type { Column, Table } from "./table.ts";
import type { Value } from "./type.ts";
import { typeText } from "./typeText.ts";
import { unknownColumn } from "./unknown.ts";

export type Options = { readonly [option: string]: unknown };

/** Columns as listed, to be read; all that callers may read where no list is written. */
export function lowerColumnList(
  written: unknown,
  table: Table,
  place: Place,
  context: BodyContext,
): readonly Column[] | undefined {
  if (written === undefined) return visibleColumns(table, context);
  const columns = lowerColumnNames(written, table, place, context);
  const hidden = columns?.findIndex((column) => isHidden(column, context)) ?? -1;
  if (hidden === -1) return columns;
  return context.report("guard/never-read", place.at(hidden), [columns![hidden]!.name]);
}

/** Columns by their names, whatever is done with them. */
export function lowerColumnNames(
  written: unknown,
  table: Table,
  place: Place,
  context: BodyContext,
): readonly Column[] | undefined {
  if (!Array.isArray(written)) return context.report("operation/option", place, [show(written), "a list of columns"]);
  const columns = written.map((name, index) =>
    listedColumn(name, written.indexOf(name) < index, table, place.at(index), context),
  );
  return columns.includes(undefined) ? undefined : (columns as Column[]);
}

function listedColumn(
  name: unknown,
  again: boolean,
  table: Table,
  place: Place,
  context: BodyContext,
): Column | undefined {
  if (again) return context.report("name/twice", place, [String(name)]);
  const column = table.columns.get(name as string);
  if (column || context.failed.has(`${table.name}.${name}`)) return column;
  const hint = strayListed(String(name), table);
  return unknownColumn(context.report, table.name, String(name), table.columns.keys(), place, { hint });
}

/** Says which keys of a map are none of its options. */
export function onlyOptions(
  options: Options,
  known: readonly string[],
  owner: string,
  place: Place,
  { report }: BodyContext,
): boolean {
  const unknown = Object.keys(options).filter((option) => options[option] !== undefined && !known.includes(option));
  for (const option of unknown) {
    report("operation/no-use", place.at(option), [option, owner], { at: "key", suggest: [option, known] });
  }
  return unknown.length === 0;
}

const count: Value = { type: { kind: "integer" }, nullable: false };

/** `limit`: what is written, or the default limit. */
export function lowerLimit(
  written: unknown,
  key: "limit" | "offset",
  place: Place,
  context: BodyContext,
): Operand | undefined {
  const at = place.at(key);
  const { defaultLimit, maxLimit } = context.limits;
  if (written === undefined) return { kind: "constant", value: defaultLimit, of: count };
  if (isReference(written, context)) {
    const operand = lowerReference(written, at, limitScope(context), context);
    if (operand?.kind === "user" || operand?.kind === "session")
      return boundedField(operand, written, key === "limit" ? maxLimit : undefined, at, context);
    if (operand?.kind !== "argument") return;
    if (operand.of.type.kind !== "integer" || operand.of.nullable) {
      return context.report("reference/type", at, [written, typeText(operand.of.type), "integer"]);
    }
    context.args?.use(operand.path, { counts: key });
    return operand;
  }
  const most = key === "limit" ? maxLimit : Number.MAX_SAFE_INTEGER;
  if (!Number.isSafeInteger(written) || (written as number) < 0 || (written as number) > most) {
    return context.report("operation/limit", at, [key, show(written), most]);
  }
  return { kind: "constant", value: written as number, of: count };
}

/** `$user.pageSize`: what it may be has to be within what a limit may be, for nobody looks at it again. */
function boundedField(
  operand: Operand,
  written: string,
  most: number | undefined,
  place: Place,
  { report }: BodyContext,
): Operand | undefined {
  const { type, nullable } = operand.of;
  if (type.kind !== "integer" || nullable) return report("reference/type", place, [written, typeText(type), "integer"]);
  const { minimum = -1, maximum = Number.MAX_SAFE_INTEGER } = type;
  if (minimum >= 0 && (most === undefined || maximum <= most)) return operand;
  return report("reference/unbounded", place, [written, most]);
}

/** `offset`, where one is written. */
export function lowerOffset(written: unknown, place: Place, context: BodyContext): Operand | "absent" | undefined {
  return written === undefined ? "absent" : lowerLimit(written, "offset", place, context);
}
