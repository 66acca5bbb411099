import type { App } from "../../ir/app.ts";
import type { ManyToManyRelation, OneRelation, Relation, Table } from "../../ir/table.ts";
import { typeText } from "../../ir/typeText.ts";

/*
 * The tables as the diagram shows them: a box a table, a line a relation. Junction tables that the compiler made are no boxes: they
 * are the line between the two tables that they join.
 */

export interface Row {
  readonly mark: "" | "PK" | "FK";
  readonly name: string;
  /** the column's type, or where it leads */
  readonly note: string;
}

export interface Box {
  readonly table: Table;
  readonly rows: readonly Row[];
  /** columns that are not shown */
  readonly hidden: number;
}

/** One end of a line: a box, one of its rows (none: its head), and how many rows of the table stand at this end. */
export interface End {
  readonly box: number;
  readonly row: number | undefined;
  readonly count: "one" | "none or one" | "many";
}

export interface Line {
  readonly from: End;
  readonly to: End;
  /** what the line says in words */
  readonly title: string;
}

export interface Graph {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

/** More rows make a box that nobody reads. */
const MOST_ROWS = 12;

export function graphOf({ tables }: App): Graph {
  const shown = [...tables.values()].filter((table) => table.junctionOf === undefined);
  const boxes = shown.map(boxOf);
  const at = (table: Table): number => shown.indexOf(table);
  const lines = shown.flatMap((table) => relationsOf(table, "one").map((relation) => oneLine(relation, boxes, at)));
  const links = shown.flatMap((table) => relationsOf(table, "manyToMany").filter(isDeclaredFirst));
  return { boxes, lines: [...lines, ...links.map((relation) => linkLine(relation, boxes, at))] };
}

function boxOf(table: Table): Box {
  const ones = relationsOf(table, "one");
  const columns = [...table.columns.values()].map((column): Row => {
    const isKey = table.primaryKey.includes(column);
    const leads = ones.find((relation) => relation.columns.includes(column));
    const note = leads
      ? `→ ${leads.name}`
      : `${typeText(column.type).replace(/ (with|of) .*/, "")}${column.nullable ? "?" : ""}`;
    return { mark: isKey ? "PK" : leads ? "FK" : "", name: column.name, note };
  });
  const links = relationsOf(table, "manyToMany")
    .filter(({ junction }) => junction.junctionOf !== undefined)
    .map(({ name, to }): Row => ({ mark: "", name, note: `⇉ ${to.name}` }));
  const plain = columns.filter(({ mark }) => mark === "");
  const dropped = new Set(plain.slice(Math.max(0, MOST_ROWS - (columns.length - plain.length) - links.length)));
  const rows = [...columns.filter((row) => !dropped.has(row)), ...links];
  return { table, rows, hidden: dropped.size };
}

function relationsOf<K extends "one" | "manyToMany">(table: Table, kind: K) {
  return [...table.relations.values()].filter(
    (relation): relation is Extract<Relation, { kind: K }> => relation.kind === kind,
  );
}

/** Of the two sides of a junction the one it is named for. */
function isDeclaredFirst({ junction, from, name, to }: ManyToManyRelation): boolean {
  if (junction.junctionOf === undefined) return false;
  const other = relationsOf(to, "manyToMany").find(
    (relation) => relation.junction === junction && relation.name !== name,
  );
  return !other || junction.junctionOf === `${from.name}.${name}`;
}

type At = (table: Table) => number;

function oneLine(relation: OneRelation, boxes: readonly Box[], at: At): Line {
  const { from, to, name, columns, references, optional, onDelete } = relation;
  const unique = from.uniqueKeys.some((key) => key.every((column) => columns.includes(column)));
  const goes = onDelete === "restrict" ? "" : `, on delete ${onDelete}`;
  return {
    from: { box: at(from), row: rowOf(boxes[at(from)]!, columns[0]!.name), count: unique ? "none or one" : "many" },
    to: { box: at(to), row: rowOf(boxes[at(to)]!, references[0]!.name), count: optional ? "none or one" : "one" },
    title: `${from.name}.${name} → ${to.name}${optional ? ", optional" : ""}${goes}`,
  };
}

function linkLine({ from, to, name, junction }: ManyToManyRelation, boxes: readonly Box[], at: At): Line {
  const back = relationsOf(to, "manyToMany").find(
    (other) => other.junction === junction && (other.name !== name || from !== to),
  );
  return {
    from: { box: at(from), row: rowOf(boxes[at(from)]!, name), count: "many" },
    to: { box: at(to), row: back && rowOf(boxes[at(to)]!, back.name), count: "many" },
    title: `${from.name}.${name} ⇄ ${to.name}${back ? `.${back.name}` : ""}, many to many`,
  };
}

function rowOf({ rows }: Box, name: string): number | undefined {
  const index = rows.findIndex((row) => row.name === name);
  return index < 0 ? undefined : index;
}
