import type { Place } from "../manifest/place.ts";
import type { Caller } from "./heldBy.ts";
import type { BodyOf } from "./options.ts";
import type { Report } from "./report.ts";
import type { OneRelation, Table } from "./table.ts";

/**
 * A removal takes rows along by `onDelete: cascade`, whatever the rules of their tables say of it: who removes says so, unless they see
 * everything anyway. Says what is not said, and what takes no rows along.
 *
 * @param place where the removal's options stand
 * @param keys all foreign keys, by the table that they lead to
 */
export function checkCascades(
  { table, cascades: said = [] }: BodyOf<"delete">,
  place: Place,
  keys: ReadonlyMap<Table, readonly OneRelation[]>,
  { asSystem }: Caller,
  report: Report,
): void {
  const along = [...takenAlong(table, keys)];
  const names = along.map(({ name }) => name);
  for (const [index, name] of said.entries())
    if (!names.includes(name))
      report("rule/no-cascade", place.at("cascades").at(index), [name, table.name], { suggest: [name, names] });
  const asked = asSystem === undefined ? along.filter(({ rules }) => rules) : [];
  const unsaid = asked.map(({ name }) => name).filter((name) => !said.includes(name));
  if (unsaid.length > 0)
    report("rule/cascade", place.at(said.length > 0 ? "cascades" : "delete"), [table.name, unsaid], {
      at: "key",
      hint: `Where that is meant, say \`cascades: [${[...said, ...unsaid].join(", ")}]\`.`,
    });
}

/**
 * Links that go are rows between, which take rows along, too. An update has no word for that: such rows are removed as what they are.
 *
 * @param place where the update's options stand
 */
export function checkLinkCascades(
  { links = [] }: BodyOf<"update">,
  place: Place,
  keys: ReadonlyMap<Table, readonly OneRelation[]>,
  { asSystem }: Caller,
  report: Report,
): void {
  if (asSystem !== undefined) return;
  for (const { relation, change } of links) {
    const along = change === "add" ? [] : [...takenAlong(relation.junction, keys)].filter(({ rules }) => rules);
    if (along.length === 0) continue;
    const { name } = relation.junction;
    const names = along.map((table) => table.name);
    report("rule/cascade", place.at("set").at(relation.name).at(change), [name, names], {
      at: "key",
      hint: `Where that is meant, remove the rows between: \`delete: ${name}\` with \`cascades: [${names.join(", ")}]\`.`,
    });
  }
}

/** The tables whose rows go with rows of a table, and with those. */
function takenAlong(from: Table, keys: ReadonlyMap<Table, readonly OneRelation[]>): ReadonlySet<Table> {
  const along = new Set<Table>();
  const follow = (table: Table): void => {
    for (const { from: holder, onDelete } of keys.get(table) ?? []) {
      if (onDelete !== "cascade" || along.has(holder)) continue;
      along.add(holder);
      follow(holder);
    }
  };
  follow(from);
  return along;
}
