import type { Bind, Sql } from "../../runtime/server/plan.ts";
import type { Body, Operation } from "../ir/operation.ts";

/** How a parameter is written into a text. */
export type WriteBind = (bind: Bind) => string;

/**
 * A statement as text for one set of arguments, as the Worker's runtime renders it; undefined where all of it is absent.
 *
 * @param isSent whether an argument (or the page's `cursor`) was sent
 */
export function sqlText(sql: Sql, isSent: (name: string) => boolean, write: WriteBind): string | undefined {
  const print = (part: Sql): string | undefined => sqlText(part, isSent, write);
  if (typeof sql === "string") return sql;
  if (isSequence(sql)) return joined(sql.map(print), "");
  if ("when" in sql) {
    const branch = isSent(sql.when) ? sql.then : sql.otherwise;
    return branch === undefined ? undefined : print(branch);
  }
  if ("join" in sql) {
    const parts = sql.of.map(print);
    return sql.join === ", " ? joined(parts, ", ") : logic(parts, sql.join);
  }
  if ("around" in sql) {
    const middle = print(sql.around);
    if (middle === undefined) return sql.otherwise === undefined ? undefined : print(sql.otherwise);
    return `${print(sql.before) ?? ""}${middle}${print(sql.after) ?? ""}`;
  }
  return write(sql);
}

function joined(parts: readonly (string | undefined)[], separator: string): string | undefined {
  const present = parts.filter((part) => part !== undefined);
  return present.length === 0 ? undefined : present.join(separator);
}

/** An AND or OR without what changes nothing in it. */
function logic(parts: readonly (string | undefined)[], word: " AND " | " OR "): string | undefined {
  const [neutral, decisive] = word === " AND " ? ["TRUE", "FALSE"] : ["FALSE", "TRUE"];
  const present = parts.filter((part) => part !== undefined);
  if (present.includes(decisive!)) return decisive;
  const open = present.filter((part) => part !== neutral);
  if (open.length > 1) return `(${open.join(word)})`;
  return open[0] ?? (present.length > 0 ? neutral : undefined);
}

export function isSequence(sql: Sql): sql is readonly Sql[] {
  return Array.isArray(sql);
}

/** As the database takes it. */
export const asQuestionMark: WriteBind = () => "?";

/** As a person reads it: arguments as `:name`, what the Worker makes as `$now`. */
export function readableBinds({ body }: Operation): WriteBind {
  const write: WriteBind = (bind) => {
    if ("arg" in bind) return `:${bind.arg}`;
    if ("list" in bind) return `:${bind.list}`;
    if ("now" in bind) return bind.now === "date" ? "$today" : "$now";
    if ("user" in bind) return `$user.${bind.user}`;
    if ("session" in bind) return `$session.${bind.session}`;
    if ("generate" in bind) return `$${bind.generate}`;
    if ("item" in bind) return "$index";
    if ("size" in bind) return ":size + 1";
    if ("search" in bind) return `words(${write(bind.search)})`;
    if ("box" in bind) {
      const { latitude, longitude, within } = bind.box;
      return `${bind.side}(${[latitude, longitude, within].map(write).join(", ")})`;
    }
    if ("value" in bind) return JSON.stringify(bind.value);
    return `:${readableName(`cursor.${bind.cursor}`, body)}`;
  };
  return write;
}

/** What a text depends on, by a name that a person knows: a place of a page's cursor by its column. */
export function readableName(name: string, body: Body): string {
  if (body.kind !== "page") return name;
  return name.replace(/^cursor\.(\d+)$/, (_, place) => `cursor.${body.orderBy[Number(place)]!.column.name}`);
}
