import type { OperationManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import type { OperationArguments } from "./arguments.ts";
import type { Assignment } from "./assignment.ts";
import { writableColumn } from "./assignments.ts";
import type { BodyContext } from "./context.ts";
import type { Argument } from "./operation.ts";
import type { Column, Table } from "./table.ts";

/**
 * `input`: an argument for each column, typed and checked like it, and written to it. In an insert it may be left out where the column has
 * a default or may be null; in an update always.
 *
 * @returns what is written, undefined where something is wrong; the arguments are added to `args`
 */
export function lowerInput(
  manifest: OperationManifest,
  table: Table,
  place: Place,
  args: OperationArguments,
  context: BodyContext,
): readonly Assignment[] | undefined {
  const changes = manifest.update !== undefined;
  const assignments = (manifest.input ?? []).map((name, index) => {
    const at = place.at("input").at(index);
    const column = writableColumn(name, table, at, context, changes, "value");
    if (manifest.args && Object.hasOwn(manifest.args, name)) {
      const related = [{ message: "The argument is declared here.", place: place.at("args").at(name) }];
      return context.report("argument/twice", at, [name], { related });
    }
    const argument = column && inputArgument(column, changes, at);
    args.declared.set(name, argument);
    args.use([name]);
    return column && argument && assignmentOf(column, argument);
  });
  return assignments.includes(undefined) ? undefined : (assignments as Assignment[]);
}

function assignmentOf(column: Column, { name, type, nullable, optional, place }: Argument): Assignment {
  return { column, value: { kind: "argument", path: [name], of: { type, nullable }, optional }, place };
}

function inputArgument(column: Column, changes: boolean, place: Place): Argument {
  const { name, type, nullable, description } = column;
  const optional = changes || nullable || column.default !== undefined;
  return { name, type, nullable, optional, ...(description !== undefined && { description }), column, place };
}
