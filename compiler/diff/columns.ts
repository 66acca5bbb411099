import type { Column, Default, Table } from "../ir/table.ts";
import { type Change, change, inNew, inOld } from "./change.ts";
import { conditionText } from "./conditionText.ts";
import type { Pairs } from "./pairs.ts";
import { columnHint } from "./renames.ts";
import { isSameSql, widensInDatabase } from "./storage.ts";
import { compareValues, type Difference, differenceWords } from "./types.ts";

/** The columns of a table that stays: what becomes of the values that are there. */
export function columnChanges(columns: Pairs<Column>, table: Table): readonly Change[] {
  const { removed, added, kept } = columns;
  const subject = ({ name }: Column): string => `${table.name}.${name}`;
  return [
    ...removed.map((old) => {
      const code = old.computed ? "column/computed-removed" : "column/removed";
      return change(code, subject(old), inOld(old), [subject(old)], columnHint(old, added));
    }),
    ...added.map((now) => {
      const code = isFilled(now) ? "column/added" : "column/added-required";
      return change(code, subject(now), inNew(now), [subject(now)]);
    }),
    ...kept.flatMap(([old, now]) => [
      ...nameChange(old, now, subject(now)),
      ...typeChanges(old, now, subject(now)),
      ...nullChange(old, now, subject(now)),
      ...writtenChanges(old, now, subject(now)),
      ...computedChanges(old, now, subject(now), columns),
    ]),
  ];
}

/** Whether rows that are there get a value. */
function isFilled({ nullable, backfill, default: value, computed }: Column): boolean {
  return nullable || backfill !== undefined || value !== undefined || computed !== undefined;
}

function nameChange(before: Column, after: Column, subject: string): Change[] {
  if (before.name !== after.name) return [change("column/renamed", subject, inNew(after), [before.name, subject])];
  if (before.sqlName === after.sqlName) return [];
  return [change("column/sql-name", subject, inNew(after), [subject, before.sqlName, after.sqlName])];
}

/** Null is told on its own. */
function typeChanges(before: Column, after: Column, subject: string): readonly Change[] {
  const differences = compareValues(before, after, widensInDatabase).filter(
    ({ what, path }) => what !== "null" || path.length > 0,
  );
  return (["column/type", "column/narrowed", "column/unchecked", "column/widened"] as const).flatMap((code) => {
    const told = differences.filter((difference) => codeOf(difference) === code);
    return told.length === 0 ? [] : [change(code, subject, inNew(after), [subject, differenceWords(told)])];
  });
}

/** What of a column's type the database holds a row to, by a CHECK; all else is up to the validators. */
const heldByDatabase: ReadonlySet<string> = new Set([
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "scale",
]);

/** Of what is inside of arrays and objects, the database knows nothing. */
function codeOf({ path, what, direction, name }: Difference) {
  if (direction === "wider") return "column/widened";
  if (path.length > 0) return "column/unchecked";
  if (what === "type") return "column/type";
  return what === "constraint" && heldByDatabase.has(name!) ? "column/narrowed" : "column/unchecked";
}

function nullChange(before: Column, after: Column, subject: string): Change[] {
  if (before.nullable === after.nullable) return [];
  return [change(after.nullable ? "column/nullable" : "column/required", subject, inNew(after), [subject])];
}

function writtenChanges(before: Column, after: Column, subject: string): Change[] {
  const [old, now] = [defaultText(before.default), defaultText(after.default)];
  return [
    ...(old === now ? [] : [change("column/default", subject, inNew(after), [subject, old, now])]),
    ...(before.onUpdate === after.onUpdate
      ? []
      : [change("column/on-update", subject, inNew(after), [subject, after.onUpdate !== undefined])]),
    ...(before.version === after.version
      ? []
      : [change("column/version", subject, inNew(after), [subject, after.version !== undefined])]),
  ];
}

/** Whether the value comes of the row, and of what in it. */
function computedChanges(before: Column, after: Column, subject: string, columns: Pairs<Column>): Change[] {
  const [old, now] = [computedText(before), computedText(after)];
  if (old === now || (old !== undefined && now !== undefined && isSameSql(old, now, columns))) return [];
  const code = old === undefined && after.computed?.kind === "expr" ? "column/now-computed" : "column/computed";
  return [change(code, subject, inNew(after), [subject, now])];
}

function computedText({ computed, measured }: Column): string | undefined {
  if (computed?.kind !== "count") return computed?.sql;
  const where = measured!.where ? ` that meet ${conditionText(measured!.where, ({ name }) => name)}` : "";
  return `the number of ${measured!.relation.name}${where}`;
}

const generatedTexts = {
  now: "the time",
  uuid: "a new uuid",
  nanoid: "a new nanoid",
  count: "the next number",
} as const;

function defaultText(value: Default | undefined): string | undefined {
  if (!value) return undefined;
  return value.kind === "constant" ? JSON.stringify(value.value) : generatedTexts[value.kind];
}
