import type { Body, Operation } from "../ir/operation.ts";
import { foreignKeysByTarget } from "../ir/relationKinds.ts";
import type { OneRelation, Table } from "../ir/table.ts";
import type { Place } from "../manifest/place.ts";
import type { Rule } from "./rule.ts";

type Delete = Extract<Body, { kind: "delete" }>;

/**
 * A removal takes rows along by `onDelete: cascade`, whatever the rules of their tables say of it: who removes says so. As the system
 * nobody is asked anyway.
 */
export const cascades: Rule = ({ operations, tables }, report) => {
  const keys = foreignKeysByTarget(tables.values());
  for (const operation of operations.values())
    for (const { body, place } of deletesOf(operation)) {
      const along = takenAlong(body.table, keys);
      const said = body.cascades ?? [];
      for (const [index, name] of said.entries())
        if (![...along].some((table) => table.name === name)) {
          const names = [...along].map((table) => table.name);
          report("rule/no-cascade", place.at("cascades").at(index), [name, body.table.name], {
            suggest: [name, names],
          });
        }
      const asked = operation.asSystem === undefined ? [...along].filter(({ rules }) => rules) : [];
      const unsaid = asked.map(({ name }) => name).filter((name) => !said.includes(name));
      if (unsaid.length > 0)
        report("rule/cascade", place.at(said.length > 0 ? "cascades" : "delete"), [body.table.name, unsaid], {
          at: "key",
          hint: `Where that is meant, say \`cascades: [${[...said, ...unsaid].join(", ")}]\`.`,
        });
    }
};

function deletesOf({ body, place }: Operation): readonly { readonly body: Delete; readonly place: Place }[] {
  if (body.kind === "delete") return [{ body, place }];
  if (body.kind !== "steps") return [];
  return body.steps.flatMap((step) => (step.body.kind === "delete" ? [{ body: step.body, place: step.place }] : []));
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
