import type { Place } from "../manifest/place.ts";
import type { Assignment } from "./assignment.ts";
import type { Condition } from "./condition.ts";
import { isMap, show } from "./constants.ts";
import type { BodyContext } from "./context.ts";
import { nativeLinkChange } from "./foreignWrites.ts";
import { isOpen } from "./guarded.ts";
import { canLink, lowerLinkKeys } from "./linkKeys.ts";
import type { LinkChange } from "./nestedWrite.ts";
import type { Column, ManyToManyRelation, Table, Tenant } from "./table.ts";
import { fixedColumns } from "./uniqueWhere.ts";

type Map = { readonly [key: string]: unknown };

/** The entries of a map that name a column, or nothing, and those that name relations which are written there. */
export function splitRelations(
  written: unknown,
  table: Table,
  takes: (relation: string) => boolean,
): { readonly columns: unknown; readonly relations: readonly (readonly [name: string, value: unknown])[] } {
  if (!isMap(written)) return { columns: written, relations: [] };
  const entries = Object.entries(written);
  const isRelation = ([name]: readonly [string, unknown]) => !table.columns.has(name) && takes(name);
  return {
    columns: Object.fromEntries(entries.filter((entry) => !isRelation(entry))),
    relations: entries.filter(isRelation),
  };
}

const changes = ["add", "remove", "replace"] as const;

/** `labels: { add: […], remove: […] }` in the `set` of an update. */
export function lowerLinkChanges(
  relations: readonly (readonly [name: string, value: unknown])[],
  table: Table,
  place: Place,
  context: BodyContext,
): readonly LinkChange[] | undefined {
  const lowered = relations.flatMap(([name, value]) =>
    changesOf(table.relations.get(name) as ManyToManyRelation, value, place.at(name), context),
  );
  return lowered.includes(undefined) ? undefined : (lowered as LinkChange[]);
}

function changesOf(
  relation: ManyToManyRelation,
  written: unknown,
  place: Place,
  context: BodyContext,
): readonly (LinkChange | undefined)[] {
  const { report } = context;
  if (!isMap(written) || Object.keys(written).length === 0)
    return [report("write/links", place, [relation.name, show(written)])];
  const names = Object.keys(written);
  const unknown = names.find((name) => !changes.includes(name as LinkChange["change"]));
  if (unknown !== undefined) {
    const native = nativeLinkChange(unknown);
    const known = native ? { hint: `It is called "${native}" here.`, rewrite: native } : undefined;
    return [
      report("operation/no-use", place.at(unknown), [unknown, `"${relation.name}"`], {
        at: "key",
        ...(known ?? { suggest: [unknown, changes] }),
      }),
    ];
  }
  if (names.length > 1 && names.includes("replace"))
    return [report("write/replace-alone", place.at("replace"), [relation.name], { at: "key" })];
  // a link says by what its row is linked
  const open = relation.near.references.map((column) => isOpen(column, "linked by", place, context, { at: "key" }));
  if (open.includes(false)) return [undefined];
  return (names as LinkChange["change"][]).map((change) => {
    if (change !== "remove" && !canLink(relation, place, context)) return undefined;
    const keys = lowerLinkKeys((written as Map)[change], relation, place.at(change), context);
    return keys && { relation, change, keys };
  });
}

/**
 * The columns of a unique key that `where` holds fast and `set` leaves as they are: so the row is found again behind the update.
 *
 * @param tenant of the rows that the caller sees, which holds its column fast, too
 */
export function steadyKey(
  where: Condition | undefined,
  assignments: readonly Assignment[],
  { uniqueKeys }: Table,
  tenant: Tenant | undefined,
): readonly Column[] | undefined {
  if (!where) return undefined;
  const fixed = [...fixedColumns(where), ...(tenant ? [tenant.column] : [])];
  const isSteady = (column: Column) =>
    fixed.includes(column) && !assignments.some((assignment) => assignment.column === column);
  return uniqueKeys.find((key) => key.every(isSteady));
}
