import { canBeOrdered } from "../../ir/orders.ts";
import type { Column, Table } from "../../ir/table.ts";
import type { Schema } from "./offer.ts";
import { literals } from "./references.ts";

/** Definitions of the language whose examples speak of tables that a project need not have, or list all that is offered anyway. */
const foreign = new Set(
  (
    "camelCaseName orderedName columns type default condition where one hasOne many manyToMany inverse oneRelation manyToManyRelation " +
    "relation index table select with orderBy input values set returns get list page aggregate measured measure measures groupBy having insert update upsert conflict delete " +
    "steps check else after each stepsMutation limitName rateLimit"
  ).split(" "),
);

/** The schema of the language without the examples that do not hold in every project; see `shown` for the others. */
export function withOwnExamples(language: Schema): Schema {
  const { $defs, ...rest } = language;
  const definitions = Object.entries($defs as object).map(([name, definition]) => [
    name,
    mapped(definition, foreign.has(name) ? ({ examples: _, ...others }) => others : behindCondition),
  ]);
  return { ...(mapped(rest, behindCondition) as Schema), $defs: Object.fromEntries(definitions) };
}

/**
 * An example that is shown over a key, and not offered as a value: it stands behind a condition, where the language server looks for
 * the one and not for the other. It would offer a map by the name `[object Object]`.
 */
export const shown = (example: unknown): Schema => ({ if: true, then: { examples: [example] } });

function behindCondition(schema: Schema): unknown {
  const { examples, allOf = [], ...rest } = schema;
  const isMap = (example: unknown): boolean => typeof example === "object" && !Array.isArray(example);
  if (!Array.isArray(examples) || !examples.some(isMap)) return schema;
  const offered = examples.filter((example) => !isMap(example));
  return {
    ...rest,
    ...(offered.length > 0 && { examples: offered }),
    allOf: [...(allOf as Schema[]), ...examples.filter(isMap).map(shown)],
  };
}

/** Every schema inside of a schema changed, from the inside out; literals stay. */
function mapped(value: unknown, change: (schema: Schema) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapped(item, change));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([keyword, inner]) => [
    keyword,
    ["examples", "enum", "const", "required"].includes(keyword) && Array.isArray(inner) ? inner : mapped(inner, change),
  ]);
  return change(Object.fromEntries(entries) as Schema);
}

/** What one might write of a table: a few columns, an order, a condition, a value. Empty where nothing comes to mind. */
export function tableExamples({ columns, primaryKey, relations }: Table) {
  const all = [...columns.values()];
  const others = all.filter((column) => !primaryKey.includes(column));
  const ordered = others.find(({ type }) => type.kind === "timestamp") ?? others.find(canBeOrdered) ?? primaryKey[0];
  const compared = others.find((column) => plainValue(column) !== undefined);
  const [related] = relations.keys();
  const one = (example: unknown): Schema => (example === undefined ? {} : shown(example));
  return {
    columns: { examples: [all.slice(0, 3).map(({ name }) => name)] },
    order: ordered ? { examples: [[`-${ordered.name}`]] } : {},
    condition: one(compared && { [compared.name]: plainValue(compared) }),
    value: one(compared && { [compared.name]: plainValue(compared) }),
    with: one(related && { [related]: true }),
  };
}

/** A value that does as a literal of a column, whatever constraints it has. */
function plainValue({ type, nullable }: Column): unknown {
  const [literal] = literals(type);
  return literal ?? (nullable ? null : type.kind === "timestamp" ? "$now" : undefined);
}
