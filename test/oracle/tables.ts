import { holds } from "./condition.ts";
import { evaluate } from "./expression.ts";
import { columnsOf, isComputed, type Manifest, mapEntries, relationOf, tablesOf } from "./manifest.ts";
import { type Row, related, type Tables, type WireRows } from "./rows.ts";
import { scopeOf } from "./scope.ts";
import { fromWire } from "./value.ts";

/** The rows of a database, with what is computed for each of them. */
export function readTables(manifest: Manifest, rows: WireRows): Tables {
  const read = tablesOf(manifest).map((table) => {
    const columns = columnsOf(manifest, table);
    const stored = (rows[table] ?? []).map((wire) =>
      mapEntries(columns, (type, name) => (isComputed(type) ? null : fromWire(wire[name], type))),
    );
    return [table, stored] as const;
  });
  return computed(manifest, Object.fromEntries(read));
}

/** Tables whose computed columns say what the rows have now: first those of SQL over a row, then those that count rows. */
export function computed(manifest: Manifest, tables: Tables): Tables {
  const evaluated = mapEntries(tables, (rows, table) => {
    const columns = columnsOf(manifest, table);
    return rows.map((row) => mapEntries(columns, ({ expr }, name) => (expr ? evaluate(expr, row) : row[name]!)));
  });
  return mapEntries(evaluated, (rows, table) =>
    rows.map((row) => ({ ...row, ...countsOf(manifest, evaluated, table, row) })),
  );
}

/** The columns of a row that count rows. */
export function countsOf(manifest: Manifest, tables: Tables, table: string, row: Row): Row {
  const counts = Object.entries(columnsOf(manifest, table)).filter(([, { count }]) => count);
  return mapEntries(Object.fromEntries(counts), ({ count: written }) => {
    const count = written!;
    const relation = relationOf(manifest, table, count.relation)!;
    const scope = scopeOf({ manifest, tables, args: {}, declared: {} }, relation.to);
    const found = related(tables, relation, row);
    return found.filter((other) => holds(count.where ?? {}, other, scope) === true).length;
  });
}
