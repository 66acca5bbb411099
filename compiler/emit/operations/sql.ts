import type { Sql } from "../../../runtime/server/plan.ts";
import type { Data } from "../ts/literal.ts";
import { clauses } from "./clauses.ts";

type Piece = string | Exclude<Sql, string | readonly Sql[]>;

/** Parts of a plan that are SQL, by name. */
const statements: ReadonlySet<string> = new Set([
  "sql",
  "backward",
  "rows",
  "write",
  "guard",
  "stale",
  "into",
  "values",
  "returning",
]);

/** Parts of a piece of SQL that are SQL. */
const pieces: ReadonlySet<string> = new Set(["then", "otherwise", "before", "around", "after"]);

/** A plan as it is printed: its SQL in lines, all else as it is. */
export function planData(plan: object): Data {
  return parts(plan, (name, value) => {
    if (statements.has(name)) return sqlData(value as Sql);
    if (name === "before") return (value as readonly Sql[]).map(sqlData);
    return Array.isArray(value) && value.some(isMap) ? value.map(planData) : (value as Data);
  });
}

/** SQL as a person would write it down: one clause a line. The pieces say the same, joined, as the text they come from. */
export function sqlData(sql: Sql): Data {
  const merged: Piece[] = [];
  addPieces(sql, merged);
  const lines: Data[] = [];
  for (const piece of merged) {
    if (typeof piece === "string") lines.push(...clauses(piece));
    else lines.push(pieceData(piece));
  }
  return lines.length === 1 ? lines[0]! : lines;
}

/** Nested lists become one, neighbouring texts too. */
function addPieces(sql: Sql, merged: Piece[]): void {
  const last = merged.length - 1;
  const before = merged[last];
  if (isList(sql)) for (const part of sql) addPieces(part, merged);
  else if (typeof sql === "string" && typeof before === "string") merged[last] = before + sql;
  else merged.push(sql);
}

function isList(sql: Sql): sql is readonly Sql[] {
  return Array.isArray(sql);
}

function pieceData(piece: Exclude<Piece, string>): Data {
  if ("value" in piece) throw new Error("A value that a handler gave is known only while it runs");
  return parts(piece, (name, value) => {
    if (name === "of") return (value as readonly Sql[]).map(sqlData);
    return pieces.has(name) ? sqlData(value as Sql) : (value as Data);
  });
}

function parts(of: object, each: (name: string, value: unknown) => Data): Data {
  const made: { [name: string]: Data } = {};
  for (const [name, value] of Object.entries(of)) if (value !== undefined) made[name] = each(name, value);
  return made;
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
