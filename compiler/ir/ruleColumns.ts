import type { Place } from "../manifest/place.ts";
import { show } from "./constants.ts";
import type { BodyContext } from "./context.ts";
import type { Table } from "./table.ts";
import { unknownColumn } from "./unknown.ts";

/** What a rule of an update lets be written: columns, and relations of many to many, whose links an update changes. */
export function lowerRuleColumns(
  written: unknown,
  table: Table,
  place: Place,
  { report, failed }: BodyContext,
): readonly string[] | undefined {
  if (!Array.isArray(written)) return report("condition/not-a-list", place, [show(written)]);
  const found = written.flatMap((name: unknown, index) => {
    const at = place.at(index);
    const column = table.columns.get(String(name));
    const relation = table.relations.get(String(name));
    if (written.indexOf(name) < index) return report("name/twice", at, [String(name)]) ?? [];
    if (column && (column.computed || column.version || table.primaryKey.includes(column)))
      return report("rule/never-written", at, [column.name]) ?? [];
    if (column || relation?.kind === "manyToMany") return [String(name)];
    if (failed.has(`${table.name}.${name}`)) return [];
    if (relation)
      return (
        report("rule/relation-column", at, [relation.name], {
          hint: relation.kind === "one" ? `Its column is "${relation.columns[0]!.name}".` : undefined,
        }) ?? []
      );
    const candidates = [
      ...table.columns.keys(),
      ...[...table.relations.values()].flatMap(({ kind, name }) => (kind === "manyToMany" ? [name] : [])),
    ];
    return unknownColumn(report, table.name, String(name), candidates, at) ?? [];
  });
  return found.length === written.length ? found : undefined;
}
