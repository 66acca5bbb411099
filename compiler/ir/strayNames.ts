import { aggregateName } from "./measure.ts";
import { isToMany } from "./relationKinds.ts";
import type { ReportExtras } from "./report.ts";
import type { Relation, Table } from "./table.ts";

/*
 * Names that stand where a column belongs and are none, but lead somewhere: to a relation, a column of one, a property or a measure. What
 * to write instead is told.
 */

/** In a condition: `owner.name`, `place.city`. */
export function strayKey(name: string, table: Table): string | undefined {
  const [first = "", ...rest] = name.split(".");
  const relation = table.relations.get(first);
  if (rest.length === 0 || !(relation ?? table.columns.has(first))) return undefined;
  const steps = relation && isToMany(relation) ? ["some", ...rest] : rest;
  return `Write \`${first}: ${steps.reduceRight((inner, step) => `{ ${step}: ${inner} }`, "…")}\`.`;
}

/** In an order: `owner.name`, `-tasks.total`, `-tasksAggregate.total` without the measure. */
export function strayOrder(written: string, table: Table): ReportExtras {
  const [, sign = "", first = "", measure] = /^(-?)(\w+)\.(\w+)$/.exec(written) ?? [];
  const relation = named(first, table);
  if (measure === undefined || !relation) return {};
  if (!isToMany(relation)) return { hint: "Rows are ordered by columns of their own." };
  const name = aggregateName(relation.name);
  const right = `${sign}${name}.${measure}`;
  return table.aggregates?.get(name)?.columns.has(measure)
    ? { hint: `Write \`${right}\`.`, replace: right }
    : {
        hint: `A measure is ordered by that "with" has: \`${relation.name}: { aggregate: { ${measure}: { count: all } } }\`, then \`${right}\`.`,
      };
}

/** In a list of columns: `owner`, `tasks`, `tasksAggregate`. */
export function strayListed(name: string, table: Table): string | undefined {
  const relation = named(name, table);
  if (!relation) return undefined;
  if (relation.name !== name) return 'Measures of a relation come by "with", and are not listed.';
  const [column] = relation.kind === "one" ? relation.columns : [];
  return column
    ? `It is a relation: its column is "${column.name}", and "with" loads the row.`
    : 'It is a relation: load it by "with".';
}

/** Under `with`: `tasksAggregate`. */
export function strayLoad(name: string, table: Table): string | undefined {
  const relation = named(name, table);
  return (
    relation && `Measures stand inside of the relation: \`${relation.name}: { aggregate: { total: { count: all } } }\`.`
  );
}

/** The relation of this name, or whose measures are called so. */
function named(name: string, { relations }: Table): Relation | undefined {
  return relations.get(name) ?? [...relations.values()].find((relation) => aggregateName(relation.name) === name);
}
