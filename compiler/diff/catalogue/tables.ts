import { listed } from "../../manifest/words.ts";
import type { ChangeKind } from "../kind.ts";
import { quotedList } from "../list.ts";

/** Tables and their columns: the data. */
export const tableKinds = {
  "table/added": {
    level: "SAFE",
    what: "A table is new.",
    reason: "It starts empty.",
    say: (table: string) => `The table "${table}" is new.`,
  },
  "table/removed": {
    level: "DESTRUCTIVE",
    what: "A table is gone.",
    reason: "The migration drops it with all its rows.",
    say: (table: string) => `The table "${table}" is gone.`,
  },
  "table/renamed": {
    level: "WARNING",
    what: "A table has another name, and is known as the same by `renamedFrom` or by its `sqlName`.",
    reason: "Its rows stay. Handlers and the details of errors call it by its new name.",
    say: (before: string, after: string) => `The table "${after}" was called "${before}".`,
  },
  "table/sql-name": {
    level: "WARNING",
    what: "A table has another name in SQL.",
    reason: "Its rows stay. SQL that is written by hand has to call it by the new name.",
    say: (table: string, before: string, after: string) =>
      `The table "${table}" is \`${after}\` in SQL, and was \`${before}\`.`,
  },
  "table/key": {
    level: "DESTRUCTIVE",
    what: "A table has another primary key.",
    reason: "Rows that are equal in the new key cannot all be kept: the migration stops at them.",
    say: (table: string, before: readonly string[], after: readonly string[]) =>
      `The key of "${table}" is ${quotedList(after)}, and was ${quotedList(before)}.`,
  },
  "column/added": {
    level: "SAFE",
    what: "A column is new, and may be null or has a default or a `backfill`.",
    reason: "Rows that are there get the `backfill`, the default, or null.",
    say: (column: string) => `The column "${column}" is new.`,
  },
  "column/added-required": {
    level: "WARNING",
    what: "A column is new, may not be null and has neither a default nor a `backfill`.",
    reason: "Rows that are there have no value for it: where there are any, the migration asks for one.",
    say: (column: string) => `The column "${column}" is new, and every row needs a value for it.`,
  },
  "column/removed": {
    level: "DESTRUCTIVE",
    what: "A column is gone.",
    reason: "The migration drops it with all its values.",
    say: (column: string) => `The column "${column}" is gone.`,
  },
  "column/renamed": {
    level: "WARNING",
    what: "A column has another name, and is known as the same by `renamedFrom` or by its `sqlName`.",
    reason: "Its values stay. Handlers and the details of errors call it by its new name.",
    say: (before: string, after: string) => `The column "${after}" was called "${before}".`,
  },
  "column/sql-name": {
    level: "WARNING",
    what: "A column has another name in SQL.",
    reason: "Its values stay. SQL that is written by hand has to call it by the new name.",
    say: (column: string, before: string, after: string) =>
      `The column "${column}" is \`${after}\` in SQL, and was \`${before}\`.`,
  },
  "column/type": {
    level: "DESTRUCTIVE",
    what: "A column has another type, which does not hold every value of the old one.",
    reason: "Rows may hold what the new type cannot: the migration stops at them, or drops what has no counterpart.",
    say: (column: string, differences: readonly string[]) =>
      `The column "${column}" has another type: ${listed(differences)}.`,
  },
  "column/narrowed": {
    level: "DESTRUCTIVE",
    what: "A column holds fewer values: a tighter length, range, step or scale.",
    reason: "Rows may hold what it no longer allows, and cannot be kept as they are: the migration stops at them.",
    say: (column: string, differences: readonly string[]) =>
      `The column "${column}" no longer holds every value that it held: ${listed(differences)}.`,
  },
  "column/unchecked": {
    level: "WARNING",
    what: "A column's values are held to something new that the database does not check: a pattern, a format, what is inside of an array or object.",
    reason: "Rows that are there stay as they are, and may break it.",
    say: (column: string, differences: readonly string[]) =>
      `New values of the column "${column}" are checked in another way: ${listed(differences)}.`,
  },
  "column/widened": {
    level: "SAFE",
    what: "A column holds more values.",
    reason: "Every value that is there still fits, or has a counterpart.",
    say: (column: string, differences: readonly string[]) =>
      `The column "${column}" holds more values: ${listed(differences)}.`,
  },
  "column/required": {
    level: "WARNING",
    what: "A column that could be null may not be.",
    reason: "Rows that hold null get the `backfill`; without one, the migration stops at them.",
    say: (column: string) => `The column "${column}" may no longer be null.`,
  },
  "column/nullable": {
    level: "SAFE",
    what: "A column may be null.",
    reason: "Every row that is there still fits. Results that hold it are told on their own.",
    say: (column: string) => `The column "${column}" may be null.`,
  },
  "column/default": {
    level: "WARNING",
    what: "New rows get another value where none is given.",
    reason: "Rows that are there keep theirs.",
    say: (column: string, before: string | undefined, after: string | undefined) => {
      if (after === undefined) return `A new row no longer gets ${before} as "${column}" where none is given.`;
      const earlier = before === undefined ? "" : `, and got ${before}`;
      return `A new row gets ${after} as "${column}" where none is given${earlier}.`;
    },
  },
  "column/on-update": {
    level: "WARNING",
    what: "A column starts or stops keeping the time of a row's last change.",
    reason: "The same call leaves another row behind.",
    say: (column: string, after: boolean) =>
      after ? `Every update sets "${column}" to its time.` : `Updates no longer set "${column}" to their time.`,
  },
  "column/computed": {
    level: "WARNING",
    what: "A column's value is computed in another way, or no longer.",
    reason:
      "Rows show another value at once; of a column that is written from now on, they keep what was computed last.",
    say: (column: string, now: string | undefined) =>
      now === undefined
        ? `The column "${column}" is no longer computed.`
        : `The column "${column}" is computed in another way: ${now}.`,
  },
  "column/computed-removed": {
    level: "SAFE",
    what: "A computed column is gone.",
    reason: "Nothing is lost: its values came of other columns. Results that held it are told on their own.",
    say: (column: string) => `The computed column "${column}" is gone.`,
  },
  "column/now-computed": {
    level: "DESTRUCTIVE",
    what: "A column that was written is computed.",
    reason: "The values that are there go, and nothing writes it any more.",
    say: (column: string, now: string | undefined) =>
      `The column "${column}" is computed now, and loses its values: ${now}.`,
  },
  "column/version": {
    level: "WARNING",
    what: "A column starts or stops counting the changes of its row.",
    reason: "Updates that name a version no longer tell whether somebody else was faster, or begin to.",
    say: (column: string, after: boolean) =>
      after ? `Every update counts "${column}" up.` : `Updates no longer count "${column}" up.`,
  },
} as const satisfies { readonly [code: string]: ChangeKind };
