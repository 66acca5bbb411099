import type { Place } from "../manifest/place.ts";
import type { Condition } from "./condition.ts";
import { lowerCondition } from "./conditions.ts";
import { type BodyContext, conditionScope } from "./context.ts";
import type { Lowering } from "./draft.ts";
import { comparisonMap, quotedMap } from "./foreignConditions.ts";
import type { Table } from "./table.ts";

/**
 * The context of all bodies. Its named conditions are lowered at their first use: they may name one another, in any order, but never in a
 * ring.
 */
export function bodyContext({ report, references, signIn, limits, failed, unfinished }: Lowering): BodyContext {
  const trail: string[] = [];
  const context: BodyContext = { report, references, signIn, limits, failed, condition };
  return context;

  function condition(table: Table, name: string, place: Place): Condition | undefined {
    const known = table.conditions.get(name);
    const own = `${table.name}:${name}`;
    if (known || failed.has(own)) return known;
    const declared = unfinished.get(table.name);
    const written = declared?.manifest.conditions ?? {};
    if (!declared || !Object.hasOwn(written, name)) return unknownCondition(table, name, place);
    if (trail.includes(own))
      return report("condition/ring", place, [
        [...trail.slice(trail.indexOf(own)), own].map((step) => step.split(":")[1]!),
      ]);
    trail.push(own);
    const lowered = lowerCondition(
      written[name],
      table,
      table.place.at("conditions").at(name),
      conditionScope,
      context,
    );
    trail.pop();
    if (typeof lowered !== "object") failed.add(own);
    else declared.table.conditions.set(name, lowered);
    return table.conditions.get(name);
  }

  function unknownCondition(table: Table, name: string, place: Place): undefined {
    const map = quotedMap(name) ?? comparisonMap(name);
    if (map)
      return report("reference/unknown-condition", place, [table.name, name], {
        hint: `A condition is a map: ${map}.`,
        rewrite: map,
      });
    const names = Object.keys(unfinished.get(table.name)?.manifest.conditions ?? {});
    return report("reference/unknown-condition", place, [table.name, name], { suggest: [name, names] });
  }
}

/** Lowers every named condition of every table, in manifest order. */
export function lowerConditions(lowering: Lowering, context: BodyContext): void {
  for (const { table, manifest } of lowering.unfinished.values()) {
    const place = table.place.at("conditions");
    const names = Object.keys(manifest.conditions ?? {});
    const lowered = names.map((name) => [name, context.condition(table, name, place.at(name))] as const);
    table.conditions.clear();
    for (const [name, condition] of lowered) if (condition) table.conditions.set(name, condition);
  }
}
