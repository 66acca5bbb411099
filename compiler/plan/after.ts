import type { AfterPlan, AfterValue, Sql } from "../../runtime/server/plan.ts";
import type { Shape } from "../../runtime/wire/shape.ts";
import type { Operand } from "../ir/condition.ts";
import type { After } from "../ir/operation.ts";
import type { Column } from "../ir/table.ts";
import { columnJson, jsonObject } from "./json.ts";
import { operandSql } from "./operand.ts";
import { quoteName } from "./quote.ts";
import type { Style } from "./scope.ts";
import { shapeOf } from "./shape.ts";
import { join, sequence } from "./sql.ts";

type StepValue = Extract<Operand, { kind: "step" }>;

/** What runs after a write, and the statement of its batch that reads what steps give to it. */
export interface PlannedAfter {
  readonly plan: AfterPlan;
  readonly values?: Sql;
}

export function planAfter({ run, args }: After, style: Style): PlannedAfter {
  const read = [...args].flatMap(([name, operand]) => (operand.kind === "step" ? [[name, operand] as const] : []));
  const bytes = read.filter(([, { column }]) => column.type.kind === "bytes").map(([name]) => [name, "bytes"] as const);
  const hex: Shape | undefined = bytes.length > 0 ? { object: Object.fromEntries(bytes) } : undefined;
  const plan = {
    run,
    args: Object.fromEntries(Array.from(args, ([name, operand]) => [name, givenBy(operand)])),
    ...(hex && { hex }),
  };
  return read.length === 0 ? { plan } : { plan, values: stepValues(read, style) };
}

function givenBy(operand: Operand): AfterValue {
  switch (operand.kind) {
    case "constant":
      return { value: operand.value };
    case "argument":
      return { arg: operand.path.join(".") };
    case "now":
      return { now: operand.of.type.kind === "date" ? "date" : "timestamp" };
    case "user":
      return { user: operand.field, shape: shapeOf(operand.of.type) };
    case "step":
      return "step";
    default:
      throw new Error(`An argument of "after" cannot be ${operand.kind}`);
  }
}

/** One row with the values in wire form. */
function stepValues(read: readonly (readonly [name: string, operand: StepValue])[], style: Style): Sql {
  const { constants, eyes, batch } = style;
  const outer = { row: "t0", path: "", constants, eyes, nextAlias: () => "t0", batch };
  const named = read.map(([name, { column, of }]): Column => ({ ...column, ...of, name, sqlName: name }));
  const values = read.map(([name, operand]) => sequence(operandSql(operand, outer), ` AS ${quoteName(name)}`));
  const json = jsonObject(named.map((column) => [column.name, columnJson(column, outer)] as const));
  return sequence("SELECT ", json, ' AS "row" FROM (SELECT ', join(", ", values), ") AS t0");
}
