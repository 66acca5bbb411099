import type { Sql } from "../../runtime/server/plan.ts";
import { isSequence, sqlText, type WriteBind } from "./text.ts";

/** Parts of a statement that hang on arguments which may be left out. */
export interface Variation {
  /** the arguments: when one of them is left out, so are the parts; `none` of them: the parts stand there only then */
  readonly sent: "all" | "none";
  readonly names: readonly string[];
  readonly parts: readonly string[];
}

/** How a statement varies with what is sent, one entry for each set of arguments that some part needs, in the order of the text. */
export function variationsOf(sql: Sql, write: WriteBind): readonly Variation[] {
  const found = new Map<string, { sent: Variation["sent"]; names: readonly string[]; parts: string[] }>();
  const add = (sent: Variation["sent"], names: readonly string[], part: Sql): void => {
    const text = sqlText(part, () => sent === "all", write)?.trim();
    if (!text) return;
    const key = `${sent} ${names.join()}`;
    const known = found.get(key);
    if (!known) found.set(key, { sent, names, parts: [text] });
    else if (!known.parts.includes(text)) known.parts.push(text);
  };
  visit(sql, add);
  return [...found.values()];
}

function visit(sql: Sql, add: (sent: Variation["sent"], names: readonly string[], part: Sql) => void): void {
  if (typeof sql === "string") return;
  const names = argumentsOf(sql);
  if (names.length === 0) return;
  if (vanishesWith(sql, names)) {
    add("all", names, sql);
  } else if (isSequence(sql)) {
    for (const part of sql) visit(part, add);
  } else if ("join" in sql) {
    for (const part of sql.of) visit(part, add);
  } else if ("when" in sql) {
    add("all", [sql.when], sql.then);
    if (sql.otherwise !== undefined) add("none", [sql.when], sql.otherwise);
  } else if ("around" in sql) {
    for (const part of [sql.before, sql.around, sql.after]) visit(part, add);
    if (sql.otherwise !== undefined) add("none", names, sql.otherwise);
  }
}

/** Whether a part is as good as its one condition: it goes as soon as any of the arguments is not sent. */
function vanishesWith(sql: Sql, names: readonly string[]): boolean {
  return names.every(
    (absent) =>
      sqlText(
        sql,
        (name) => name !== absent,
        () => "?",
      ) === undefined,
  );
}

/** Arguments that decide whether something is printed, in the order of their mention. */
export function argumentsOf(sql: Sql): readonly string[] {
  if (typeof sql === "string") return [];
  if (isSequence(sql)) return unique(sql.flatMap(argumentsOf));
  if ("when" in sql) return unique([sql.when, ...argumentsOf(sql.then), ...argumentsOf(sql.otherwise ?? "")]);
  if ("join" in sql) return unique(sql.of.flatMap(argumentsOf));
  if (!("around" in sql)) return [];
  return unique([sql.before, sql.around, sql.after, sql.otherwise ?? ""].flatMap(argumentsOf));
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];
