import { didYouMean } from "../diagnostics/didYouMean.ts";
import type { Place } from "../manifest/place.ts";
import type { Operand } from "./condition.ts";
import { type BodyContext, expressionScope } from "./context.ts";
import { isOpen } from "./guarded.ts";
import type { Report } from "./report.ts";
import { lowerReference } from "./scopes.ts";
import { isStored, lowerExpression, unknownName } from "./sqlExpressions.ts";
import type { Column, Table } from "./table.ts";
import type { Type, TypeKind } from "./type.ts";
import { typeText } from "./typeText.ts";

/** Types whose values SQL can reckon: of the others it cannot tell a right value from a wrong one. */
const reckoned: ReadonlySet<TypeKind> = new Set<TypeKind>([
  "string",
  "enum",
  "integer",
  "number",
  "bigint",
  "decimal",
  "boolean",
  "timestamp",
  "date",
]);

/** Whether an SQL expression can make values of a type. Says where it cannot. */
export function isReckoned(type: Type, place: Place, { report }: Pick<BodyContext, "report">): boolean {
  if (!reckoned.has(type.kind)) report("sql/type", place, [typeText(type)]);
  return reckoned.has(type.kind);
}

/** What an expression is written to. */
interface Target {
  readonly column: Column;
  readonly table: Table;
  /** whether there is a row before the write: an insert has none */
  readonly hasRow: boolean;
}

/** `{ expr: … }` as a value that is written: SQL over the row as it is before the write, and `:name` for arguments. */
export function lowerWrittenExpression(
  sql: string,
  { column, table, hasRow }: Target,
  place: Place,
  context: BodyContext,
): Operand | undefined {
  if (!isReckoned(column.type, place, context)) return;
  const unknown = unknownName(table, place, context.report, context.failed);
  const closed = new Set<string>();
  const names = {
    column(name: string): Operand | undefined {
      const found = table.columns.get(name);
      if (found && !isStored(found)) return undefined;
      if (found && hasRow && !isOpen(found, "reckoned with", place, context)) {
        closed.add(name);
        return undefined;
      }
      return hasRow
        ? found && { kind: "column", column: found, of: { type: found.type, nullable: found.nullable } }
        : undefined;
    },
    unknown(name: string): undefined {
      if (closed.has(name)) return;
      if (!table.columns.has(name) && context.args?.declared.has(name)) {
        context.args.use([name]);
        return context.report("sql/unknown-name", place, [name, table.name], { hint: `The argument is ":${name}".` });
      }
      return table.columns.has(name) && !hasRow ? context.report("sql/no-row", place, [name]) : unknown(name);
    },
    parameter(path: readonly string[]): Operand | undefined {
      const report = withoutFixes(context.report);
      return lowerReference(`$args.${path.join(".")}`, place, expressionScope(context), { ...context, report });
    },
  };
  const pieces = lowerExpression<Operand>(sql, names, place, context.report);
  return pieces && { kind: "expression", sql: pieces, of: { type: column.type, nullable: column.nullable } };
}

/** A fix would take the place of the whole expression: what was meant is told, and written by hand. */
function withoutFixes(report: Report): Report {
  return (code, place, parameters, { suggest } = {}) =>
    report(code, place, parameters, suggest && { hint: didYouMean(suggest[0], suggest[1]) });
}
