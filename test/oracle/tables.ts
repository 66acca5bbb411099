import { holds } from "./condition.ts";
import { evaluate } from "./expression.ts";
import { columnsOf, isComputed, type Json, type Manifest, mapEntries, relationOf, tablesOf } from "./manifest.ts";
import { type Row, related, type Tables, type WireRows } from "./rows.ts";
import { scopeOf } from "./scope.ts";
import { fromWire } from "./value.ts";

/** The rows of a database, with what is counted for each of them. */
export function readTables(manifest: Manifest, rows: WireRows): Tables {
  const plain = Object.fromEntries(
    tablesOf(manifest).map((table) => {
      const columns = columnsOf(manifest, table);
      const read = (wire: { readonly [column: string]: Json }): Row => {
        const row = mapEntries(columns, (type, name) => (isComputed(type) ? null : fromWire(wire[name], type)));
        return mapEntries(columns, ({ expr }, name) => (expr === undefined ? row[name]! : evaluate(expr, row)));
      };
      return [table, (rows[table] ?? []).map(read)];
    }),
  );
  return Object.fromEntries(
    Object.keys(plain).map((table) => [table, plain[table]!.map((row) => counted(table, row))]),
  );

  function counted(table: string, row: Row): Row {
    return mapEntries(columnsOf(manifest, table), ({ count }, name) => {
      if (!count) return row[name]!;
      const relation = relationOf(manifest, table, count.relation)!;
      const scope = scopeOf({ manifest, tables: plain, args: {}, declared: {} }, relation.to);
      const found = related(plain, relation, row);
      return found.filter((other) => holds(count.where ?? {}, other, scope) === true).length;
    });
  }
}
