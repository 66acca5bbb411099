import { type ColumnDraft, type Lowering, type TableDraft, tableDraft } from "./draft.ts";
import type { RelationUse } from "./inverses.ts";
import { capitalized, junctionName, snakeCase } from "./names.ts";
import type { OneRelation } from "./table.ts";

/**
 * Makes the junction table of a many-to-many relation: `projects.members` makes `projectsMembers` with the relations `projects` and
 * `members`, keyed by both, its rows gone with either end. Undefined where an end has no key.
 */
export function makeJunction(lowering: Lowering, { table, name, place }: RelationUse, target: TableDraft) {
  if (table.primaryKey.length === 0 || target.primaryKey.length === 0) return;
  const junction = tableDraft(junctionName(table.name, name), snakeCase(junctionName(table.name, name)), place);
  const taken = lowering.tables.get(junction.name);
  if (taken) {
    const related = [{ message: `The table "${taken.name}" comes from here.`, place: taken.place }];
    return lowering.report("name/meet", place, [`${table.name}.${name}`, junction.name], { at: "key", related });
  }
  junction.junctionOf = `${table.name}.${name}`;
  const near = addSide(junction, table.name, table, place);
  const far = addSide(junction, name === table.name ? `other${capitalized(name)}` : name, target, place);
  junction.primaryKey = [...junction.columns.values()];
  junction.uniqueKeys.push(junction.primaryKey);
  junction.indexes.push({
    sqlName: [junction.sqlName, ...far.columns.map(({ sqlName }) => sqlName), "index"].join("_"),
    parts: far.columns.map((on) => ({ on, descending: false })),
    unique: false,
    place,
  });
  lowering.tables.set(junction.name, junction);
  return { junction, near, far };
}

/** One end of a junction: a column for each column of the end's key, and the relation over them. */
function addSide(junction: TableDraft, name: string, to: TableDraft, place: RelationUse["place"]): OneRelation {
  const columns = to.primaryKey.map((key): ColumnDraft => {
    const column = `${name}${to.primaryKey.length === 1 ? "Id" : capitalized(key.name)}`;
    return {
      name: column,
      sqlName: snakeCase(column),
      type: key.type,
      nullable: false,
      unique: false,
      madeBy: name,
      place,
    };
  });
  for (const column of columns) junction.columns.set(column.name, column);
  const relation: OneRelation = {
    kind: "one",
    name,
    from: junction,
    to,
    columns,
    references: to.primaryKey,
    optional: false,
    onDelete: "cascade",
    onUpdate: "restrict",
    place,
  };
  junction.relations.set(name, relation);
  return relation;
}
