import { type FromSql, fromSql } from "../wire/fromSql.ts";
import type { Shape } from "../wire/shape.ts";
import type { Executor } from "./call.ts";
import { toRefusal } from "./constraints.ts";
import type { Row } from "./database.ts";
import { builtIn } from "./errors.ts";
import type { StatementOperation } from "./plan.ts";
import { statement } from "./statement.ts";

/** A row by the columns of its statement, as the database gives it. */
type Columns = { readonly [column: string]: unknown };

/** Makes a write of the author's own ready to run. */
export function executeStatement({ write, args, returns }: StatementOperation): Executor {
  const build = statement(write, args);
  const wire = returns && rowOf(returns.row);
  return async (call) => {
    let rows: readonly Row[];
    try {
      rows = await call.database.run(build(call));
    } catch (error) {
      throw toRefusal(error, call.constraints) ?? error;
    }
    if (!returns || !wire) return "null";
    // nothing was returned, so nothing was written
    if (returns.required && rows.length === 0) throw builtIn("not_found");
    const found = rows as unknown as readonly Columns[];
    return JSON.stringify(returns.result === "rows" ? found.map(wire) : found.length === 0 ? null : wire(found[0]!));
  };
}

/** An object takes the columns of its properties' names, any other shape the only column. */
function rowOf(shape: Shape): (row: Columns) => unknown {
  if (typeof shape === "object" && "object" in shape) {
    const properties = Object.entries(shape.object).map(([name, of]): [string, FromSql] => [name, fromSql(of)]);
    return (row) => Object.fromEntries(properties.map(([name, convert]) => [name, convert(row[name])]));
  }
  const convert = fromSql(shape);
  return (row) => convert(Object.values(row)[0]);
}
