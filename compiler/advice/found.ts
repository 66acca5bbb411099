import type { Condition } from "../ir/condition.ts";
import type { Each } from "../ir/items.ts";
import type { Body, Operation, OrderTerm, Selection, Step } from "../ir/operation.ts";
import type { Column, Relation, Table } from "../ir/table.ts";
import type { Place } from "../manifest/place.ts";
import { findsFew } from "../plan/related.ts";
import { isOptional } from "./pins.ts";

/** Rows that an operation has SQLite find. */
export interface Found {
  readonly table: Table;
  /** the way to them from the operation's table */
  readonly path: string;
  readonly where?: Condition | undefined;
  /** columns that equal those of another row, once for each of these */
  readonly link?: readonly Column[];
  /** of the rows that the operation answers. `many`: a page, which is asked for where there are many rows */
  readonly order?: { readonly terms: readonly OrderTerm[]; readonly many: boolean };
  /** where the operation asks for them */
  readonly place: Place;
}

/** Where something is asked, and the way there. */
interface At {
  readonly path: string;
  readonly place: Place;
}

/** All rows that an operation has SQLite find, but those that a foreign key looks for. A handler and SQL of an author's ask on their own. */
export function foundBy({ body, place }: Operation): readonly Found[] {
  switch (body.kind) {
    case "steps":
      return body.steps.flatMap(foundByStep);
    case "sql":
    case "handler":
      return [];
    default:
      return [
        ...foundForEach("each" in body ? body.each : undefined, body.kind, place),
        ...foundByBody(body, place.at(body.kind)),
      ];
  }
}

function foundByStep({ body, each, place }: Step): readonly Found[] {
  const at = place.at(body.kind);
  const own = body.kind === "check" ? rows(body, { path: body.table.name, place: at }) : foundByBody(body, at);
  return [...foundForEach(each, body.kind, place), ...own];
}

/** The rows that a write goes over. A delete looks for each row of its own table whether one of them means it, so no index finds these. */
function foundForEach(each: Each | undefined, verb: string, place: Place): readonly Found[] {
  if (each?.kind !== "list" || verb === "delete") return [];
  return rows(each, { path: each.table.name, place: place.at("each") });
}

function foundByBody(body: Exclude<Body, { kind: "steps" | "sql" | "handler" }>, place: Place): readonly Found[] {
  if (body.kind === "insert" || body.kind === "upsert") return nested(body.returns, { path: body.table.name, place });
  const table =
    "selection" in body && body.kind !== "aggregate" ? body.selection.table : (body as { table: Table }).table;
  const at = { path: table.name, place };
  switch (body.kind) {
    case "get":
      return [...rows({ ...body, table }, at), ...nested(body.selection, at)];
    case "list":
    case "page": {
      const order = { terms: body.orderBy, many: body.kind === "page" };
      return [...rows({ ...body, table }, at, order), ...nested(body.selection, at)];
    }
    case "aggregate":
      return rows(body, at);
    case "update":
    case "delete":
      return [...rows(body, at), ...nested(body.returns, at)];
  }
}

/** Rows that meet a condition, and those that the condition itself asks for. */
function rows(
  { table, where }: { readonly table: Table; readonly where?: Condition | undefined },
  at: At,
  order?: Found["order"],
): readonly Found[] {
  return [{ table, where, ...at, ...(order && { order }) }, ...inside(where, at)];
}

/** Rows that come with each row of a selection. */
function nested({ with: related, aggregates = [], columns }: Selection, at: At): readonly Found[] {
  const measured = columns.flatMap((column) => column.measured ?? []);
  return [
    ...related.flatMap((each) => {
      const below = step(at, each.relation);
      return [...linked(each.relation, at), ...inside(each.where, below), ...nested(each.selection, below)];
    }),
    ...[...aggregates, ...measured].flatMap((each) => [
      ...linked(each.relation, at),
      ...inside(each.where, step(at, each.relation)),
    ]),
  ];
}

const step = ({ path, place }: At, { name }: Relation): At => ({ path: `${path}.${name}`, place });

/** The rows of a relation, looked up for each row that has it. */
function linked(relation: Relation, at: At): readonly Found[] {
  if (relation.kind === "one") return [];
  const [table, link] =
    relation.kind === "manyToMany"
      ? [relation.junction, relation.near.columns]
      : [relation.to, relation.inverse.columns];
  return [{ table, link, ...step(at, relation) }];
}

/** Rows of relations that a condition speaks of: looked up for each row, or found on their own where few are. */
function inside(condition: Condition | undefined, at: At): readonly Found[] {
  if (!condition || isOptional(condition)) return [];
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.of.flatMap((part) => inside(part, at));
    case "not":
      return inside(condition.of, at);
    case "related": {
      const { relation, quantifier, of } = condition;
      const below = step(at, relation);
      const alone = quantifier !== "every" && of !== undefined && findsFew(of, relation.kind === "one");
      if (!alone) return [...linked(relation, at), ...inside(of, below)];
      const back =
        relation.kind === "manyToMany" ? [{ ...below, table: relation.junction, link: relation.far.columns }] : [];
      return [...rows({ table: relation.to, where: of }, below), ...back];
    }
    default:
      return [];
  }
}
