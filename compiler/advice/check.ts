import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { App } from "../ir/app.ts";
import type { Operation } from "../ir/operation.ts";
import { foreignKeysByTarget } from "../ir/relationKinds.ts";
import type { OneRelation, Table } from "../ir/table.ts";
import type { Place } from "../manifest/place.ts";
import { indexFix } from "./fix.ts";
import { foundBy } from "./found.ts";
import { type References, referringTo } from "./referring.ts";
import { indexesOf, startsWith } from "./serving.ts";
import { slow } from "./slow.ts";
import { type Wish, wishOf, written } from "./wish.ts";

/** A wish, and who has it. */
interface Wished {
  readonly wish: Wish;
  readonly operation: Operation;
  readonly place: Place;
}

/**
 * Warns where SQLite reads or sorts every row of a table for want of an index, unless `scan` says why that is right; and of a `scan` that
 * is right about nothing. Each index is told once, where the first operation wants it: at its verb, or at a relation that has no index.
 */
export function adviseIndexes(app: App): readonly Diagnostic[] {
  const operations = [...app.operations.values()];
  const references = foreignKeysByTarget(app.tables.values());
  const told: Wished[] = [];
  const known = new Map<Table, Wish[]>();
  const scans = new Set<Operation | OneRelation>();
  for (const operation of operations) {
    const own: Wished[] = [];
    const wishes = (wish: Wish | undefined, place: Place): void => {
      if (wish) own.push({ wish, operation, place });
    };
    const further = (table: Table): readonly Wish[] => [...(known.get(table) ?? []), ...own.map(({ wish }) => wish)];
    for (const { relation, place } of referringTo(operation, references))
      wishes(referringWish(relation, further(relation.from)), place);
    for (const found of foundBy(operation)) wishes(wishOf(found, further(found.table)), found.place);
    for (const wished of own) {
      const { relation } = wished.wish;
      if (relation?.scan !== undefined) scans.add(relation);
      else if (operation.scan !== undefined) scans.add(operation);
      else {
        told.push(wished);
        known.set(wished.wish.table, [...(known.get(wished.wish.table) ?? []), wished.wish]);
      }
    }
  }
  return [...told.map(missing), ...needless(operations, references, scans)];
}

function referringWish(relation: OneRelation, wished: readonly Wish[]): Wish | undefined {
  const { from, to, columns } = relation;
  const further = wished.flatMap(({ table, parts }) => (table === from ? [parts.map(({ column }) => column)] : []));
  if (startsWith(indexesOf(from, further), columns)) return;
  const parts = columns.map((column) => ({ column, descending: false }));
  return { table: from, parts, relation, because: slow.refer(`"${from.name}"`, `"${to.name}"`) };
}

function missing({ wish, operation, place }: Wished): Diagnostic {
  const { table, relation, because } = wish;
  const fix = indexFix(wish);
  const extras = { severity: "warning", ...(fix && { fix }) } as const;
  if (!relation) return diagnostic("index/missing", place.keySpan, [because, written(wish), table.name], extras);
  const related = [{ message: `"${operation.name}" asks for it.`, span: place.keySpan }];
  return diagnostic("index/missing-relation", relation.place.keySpan, [because, `${table.name}.${relation.name}`], {
    ...extras,
    related,
  });
}

/** Handlers and SQL of an author's may want what no operation does: where there are some, nothing is said of relations. */
function needless(
  operations: readonly Operation[],
  references: References,
  scans: ReadonlySet<Operation | OneRelation>,
): readonly Diagnostic[] {
  const isOpen = operations.some(({ body }) => body.kind === "handler" || body.kind === "sql");
  const relations = isOpen ? [] : [...references.values()].flat();
  return [...operations, ...relations]
    .filter((each) => each.scan !== undefined && !scans.has(each))
    .map(({ place, name }) =>
      diagnostic("index/needless-scan", place.at("scan").keySpan, [name], { severity: "warning" }),
    );
}
