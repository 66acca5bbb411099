import type { Bind, Sql } from "./plan.ts";

/** One statement as text, and what its parameters are, in the order of their `?`. */
export interface Rendered {
  readonly text: string;
  readonly binds: readonly Bind[];
}

/** Whether an argument (a name, or a path such as `filter.search`) or the page's `cursor` was sent. */
export type Presence = (name: string) => boolean;

/** What a part prints; null where it is absent. `binds` grow only behind parts that print. */
type Printed = string | null;

function printList(items: readonly Sql[], present: Presence, binds: Bind[], separator: string): Printed {
  let text = "";
  let count = 0;
  for (const item of items) {
    const part = print(item, present, binds);
    if (part === null) continue;
    text = count === 0 ? part : text + separator + part;
    count += 1;
  }
  return count === 0 ? null : text;
}

/** An AND or OR without what changes nothing in it; TRUE or FALSE where one item alone says so. */
function printLogic(items: readonly Sql[], present: Presence, binds: Bind[], word: " AND " | " OR "): Printed {
  const [neutral, decisive] = word === " AND " ? ["TRUE", "FALSE"] : ["FALSE", "TRUE"];
  const own: Bind[] = [];
  const parts: string[] = [];
  let isNeutral = false;
  for (const item of items) {
    const part = print(item, present, own);
    if (part === decisive) return decisive;
    if (part === neutral) isNeutral = true;
    else if (part !== null) parts.push(part);
  }
  binds.push(...own);
  if (parts.length === 0) return isNeutral ? neutral! : null;
  return parts.length === 1 ? parts[0]! : `(${parts.join(word)})`;
}

function printAround(sql: Extract<Sql, { around: Sql }>, present: Presence, binds: Bind[]): Printed {
  const outer: Bind[] = [];
  const before = print(sql.before, present, outer);
  const middle = print(sql.around, present, outer);
  if (middle === null) return sql.otherwise === undefined ? null : print(sql.otherwise, present, binds);
  const after = print(sql.after, present, outer);
  binds.push(...outer);
  return (before ?? "") + middle + (after ?? "");
}

function print(sql: Sql, present: Presence, binds: Bind[]): Printed {
  if (typeof sql === "string") return sql;
  if (isSequence(sql)) return printList(sql, present, binds, "");
  if ("when" in sql) {
    const branch = present(sql.when) ? sql.then : sql.otherwise;
    return branch === undefined ? null : print(branch, present, binds);
  }
  if ("join" in sql)
    return sql.join === ", " ? printList(sql.of, present, binds, ", ") : printLogic(sql.of, present, binds, sql.join);
  if ("around" in sql) return printAround(sql, present, binds);
  binds.push(sql);
  return "?";
}

function isSequence(sql: Sql): sql is readonly Sql[] {
  return Array.isArray(sql);
}

/** Prints `sql` for one set of present arguments. A sequence whose parts are all absent is absent; an absent whole is the empty text. */
export function render(sql: Sql, present: Presence): Rendered {
  const binds: Bind[] = [];
  return { text: print(sql, present, binds) ?? "", binds };
}

function collect(sql: Sql | undefined, names: Set<string>): void {
  if (sql === undefined || typeof sql === "string") return;
  if (isSequence(sql)) {
    for (const part of sql) collect(part, names);
  } else if ("when" in sql) {
    names.add(sql.when);
    collect(sql.then, names);
    collect(sql.otherwise, names);
  } else if ("join" in sql) {
    collect(sql.of, names);
  } else if ("around" in sql) {
    for (const part of [sql.before, sql.around, sql.after, sql.otherwise]) collect(part, names);
  }
}

/** The names that `sql` asks about, in the order of their first mention. */
export function conditionsOf(sql: Sql): readonly string[] {
  const names = new Set<string>();
  collect(sql, names);
  return [...names];
}

const MAX_TEXTS = 256;

/**
 * Renders `sql` once for each set of present arguments and keeps what `finish` makes of it. The number of sets kept is bounded:
 * beyond it the oldest goes.
 */
export function memoised<T>(sql: Sql, finish: (rendered: Rendered) => T): (present: Presence) => T {
  const names = conditionsOf(sql);
  if (names.length === 0) {
    const only = finish(render(sql, () => false));
    return () => only;
  }
  const kept = new Map<string, T>();
  return (present) => {
    let key = "";
    for (const name of names) key += present(name) ? "1" : "0";
    let value = kept.get(key);
    if (value === undefined) {
      value = finish(render(sql, present));
      if (kept.size >= MAX_TEXTS) kept.delete(kept.keys().next().value!);
      kept.set(key, value);
    }
    return value;
  };
}
