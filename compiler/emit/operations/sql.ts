import type { Sql } from "../../../runtime/server/plan.ts";
import { type Code, scalar } from "../ts/code.ts";
import { array, literal, member, object } from "../ts/list.ts";
import { clauses } from "./clauses.ts";

type Piece = string | Exclude<Sql, string | readonly Sql[]>;

/** SQL as a person would write it down: one clause a line. The pieces say the same, joined, as the text they come from. */
export function sqlCode(sql: Sql): Code {
  const pieces = mergeTexts(flatten(sql)).flatMap((piece): readonly Piece[] =>
    typeof piece === "string" ? clauses(piece) : [piece],
  );
  return pieces.length === 1 ? pieceCode(pieces[0]!) : array(pieces.map(pieceCode));
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

function pieceCode(piece: Piece): Code {
  if (typeof piece === "string") return scalar(piece);
  if ("when" in piece) {
    return object([
      member("when", scalar(piece.when)),
      member("then", sqlCode(piece.then)),
      ...(piece.otherwise === undefined ? [] : [member("otherwise", sqlCode(piece.otherwise))]),
    ]);
  }
  if ("join" in piece) return object([member("join", scalar(piece.join)), member("of", array(piece.of.map(sqlCode)))]);
  if ("around" in piece) {
    return object([
      member("before", sqlCode(piece.before)),
      member("around", sqlCode(piece.around)),
      member("after", sqlCode(piece.after)),
      ...(piece.otherwise === undefined ? [] : [member("otherwise", sqlCode(piece.otherwise))]),
    ]);
  }
  if ("value" in piece) throw new Error("A value that a handler gave is known only while it runs");
  return literal(piece);
}
