import type { Sql } from "../../../runtime/server/plan.ts";
import type { Data } from "../ts/literal.ts";
import { clauses } from "./clauses.ts";

type Piece = string | Exclude<Sql, string | readonly Sql[]>;

/** Parts of a plan that are SQL, by name. */
const statements: ReadonlySet<string> = new Set(["sql", "write", "guard", "stale", "into", "values", "returning"]);

/** Parts of a piece of SQL that are SQL. */
const pieces: ReadonlySet<string> = new Set(["then", "otherwise", "before", "around", "after"]);

/** A plan as it is printed: its SQL in lines, all else as it is. */
export function planData(plan: object): Data {
  return parts(plan, (name, value) => {
    if (statements.has(name)) return sqlData(value as Sql);
    return Array.isArray(value) && value.some(isMap) ? value.map(planData) : (value as Data);
  });
}

/** SQL as a person would write it down: one clause a line. The pieces say the same, joined, as the text they come from. */
export function sqlData(sql: Sql): Data {
  const lines = mergeTexts(flatten(sql)).flatMap((piece): readonly Piece[] =>
    typeof piece === "string" ? clauses(piece) : [piece],
  );
  return lines.length === 1 ? pieceData(lines[0]!) : lines.map(pieceData);
}

function flatten(sql: Sql): Piece[] {
  return isList(sql) ? sql.flatMap(flatten) : [sql];
}

function isList(sql: Sql): sql is readonly Sql[] {
  return Array.isArray(sql);
}

function mergeTexts(pieces: readonly Piece[]): Piece[] {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (typeof piece === "string" && typeof last === "string") merged[merged.length - 1] = last + piece;
    else merged.push(piece);
  }
  return merged;
}

function pieceData(piece: Piece): Data {
  if (typeof piece === "string") return piece;
  if ("value" in piece) throw new Error("A value that a handler gave is known only while it runs");
  return parts(piece, (name, value) => {
    if (name === "of") return (value as readonly Sql[]).map(sqlData);
    return pieces.has(name) ? sqlData(value as Sql) : (value as Data);
  });
}

function parts(of: object, each: (name: string, value: unknown) => Data): Data {
  const entries = Object.entries(of).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, each(name, value)]));
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
