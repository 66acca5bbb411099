import { listed } from "../../manifest/words.ts";
import type { ChangeKind } from "../kind.ts";
import { quotedList } from "../list.ts";

const searchText = (table: string, before: readonly string[], after: readonly string[]): string =>
  after.length === 0
    ? `"${table}" is not searched any more; it was in ${listed(before)}.`
    : `"${table}" is searched in ${listed(after)}${before.length === 0 ? "" : `; it was in ${listed(before)}`}.`;

/** What holds rows together: enums, keys, indexes, checks, relations, conditions. */
export const constraintKinds = {
  "enum/added": {
    level: "SAFE",
    what: "An enum is new.",
    reason: "Where it is used is told on its own.",
    say: (name: string) => `The enum "${name}" is new.`,
  },
  "enum/removed": {
    level: "WARNING",
    what: "An enum is gone.",
    reason: "Shipped clients go on; code that names its type no longer compiles with a new client.",
    say: (name: string) => `The enum "${name}" is gone.`,
  },
  "enum/member-added": {
    level: "SAFE",
    what: "An enum has a new member.",
    reason: "Clients take members that they do not know as they come.",
    say: (member: string, name: string) => `"${member}" is a new member of "${name}".`,
  },
  "enum/member-dropped": {
    level: "DESTRUCTIVE",
    what: "A member is gone of an enum that columns hold.",
    reason: "Rows that hold it cannot be kept as they are: the migration stops at them.",
    say: (member: string, name: string, columns: readonly string[]) =>
      `"${member}" is no longer a member of "${name}", which ${quotedList(columns)} ${columns.length === 1 ? "holds" : "hold"}.`,
  },
  "enum/member-refused": {
    level: "BREAKING",
    what: "A member is gone of an enum that arguments take.",
    reason: "Shipped clients that send it get 400 `invalid_arguments`.",
    say: (member: string, name: string, operations: readonly string[]) =>
      `"${member}" is no longer a member of "${name}", which ${quotedList(operations)} ${operations.length === 1 ? "takes" : "take"}.`,
  },
  "enum/member-removed": {
    level: "SAFE",
    what: "A member is gone of an enum that no column holds and no argument takes.",
    reason: "Nobody can send it, and no row holds it.",
    say: (member: string, name: string) => `"${member}" is no longer a member of "${name}".`,
  },
  "unique/added": {
    level: "WARNING",
    what: "Rows must differ where they need not have.",
    reason:
      "The migration stops at rows that are equal there, and writes that went through get 409 `unique_violation`.",
    say: (table: string, columns: readonly string[]) => `No two rows of "${table}" may be equal in ${listed(columns)}.`,
  },
  "unique/removed": {
    level: "SAFE",
    what: "Rows need not differ any more.",
    reason: "Every row that is there still fits.",
    say: (table: string, columns: readonly string[]) => `Rows of "${table}" may be equal in ${listed(columns)}.`,
  },
  "index/added": {
    level: "SAFE",
    what: "An index is new.",
    reason: "Reading is quicker; writing costs a little more.",
    say: (table: string, index: string) => `"${table}" has a new index over ${index}.`,
  },
  "index/removed": {
    level: "WARNING",
    what: "An index is gone.",
    reason: "What it served reads more rows, and takes longer.",
    say: (table: string, index: string) => `"${table}" no longer has an index over ${index}.`,
  },
  "search/changed": {
    level: "WARNING",
    what: "Other columns are searched.",
    reason:
      "A search finds rows by what they hold in these, and no longer in others. The migration reads every row once.",
    say: (table: string, before: readonly string[], after: readonly string[]) => searchText(table, before, after),
  },
  "check/added": {
    level: "WARNING",
    what: "A check is new.",
    reason: "The migration stops at rows that break it, and writes that went through get 400 `check_violation`.",
    say: (table: string, check: string) => `"${table}" has a new check "${check}".`,
  },
  "check/changed": {
    level: "WARNING",
    what: "A check asks for something else.",
    reason: "The migration stops at rows that break it, and writes that went through get 400 `check_violation`.",
    say: (table: string, check: string) => `The check "${check}" of "${table}" asks for something else.`,
  },
  "check/removed": {
    level: "SAFE",
    what: "A check is gone.",
    reason: "Every row that is there still fits.",
    say: (table: string, check: string) => `"${table}" no longer has the check "${check}".`,
  },
  "relation/added": {
    level: "SAFE",
    what: "A relation is new, on data that was there.",
    reason: "Nobody asks for it yet.",
    say: (relation: string) => `The relation "${relation}" is new.`,
  },
  "relation/removed": {
    level: "SAFE",
    what: "A relation is gone, and the data stays.",
    reason: "What results no longer hold is told on its own.",
    say: (relation: string) => `The relation "${relation}" is gone.`,
  },
  "relation/renamed": {
    level: "WARNING",
    what: "A relation has another name, on the same data.",
    reason: "Handlers call it by its new name. What it is called in results is told on its own.",
    say: (before: string, after: string) => `The relation "${after}" was called "${before}".`,
  },
  "relation/enforced": {
    level: "WARNING",
    what: "Columns that were there must refer to a row.",
    reason:
      "The migration stops at rows that refer to nothing, and writes that went through get 409 `foreign_key_violation`.",
    say: (relation: string, columns: readonly string[], to: string) =>
      `By the new relation "${relation}", ${quotedList(columns)} must refer to a row of "${to}".`,
  },
  "relation/released": {
    level: "WARNING",
    what: "Columns stay that no longer have to refer to a row.",
    reason: "They may come to refer to nothing, and nothing follows when the other row goes.",
    say: (relation: string, columns: readonly string[], to: string) =>
      `Without the relation "${relation}", ${quotedList(columns)} need not refer to a row of "${to}".`,
  },
  "relation/target": {
    level: "WARNING",
    what: "A relation leads elsewhere, or by another way.",
    reason: "Rows that are there refer to what it led to; the migration stops at those that refer to nothing.",
    say: (relation: string, before: string, after: string) =>
      `The relation "${relation}" leads to ${after}, and led to ${before}.`,
  },
  "relation/action": {
    level: "WARNING",
    what: "Something else happens to a row when the row that it refers to is deleted or gets another key.",
    reason: "Deletes that were refused go through and take other rows along, or the other way round.",
    say: (relation: string, event: string, before: string, after: string) =>
      `The \`${event}\` of "${relation}" is ${after}, and was ${before}.`,
  },
  "condition/added": {
    level: "SAFE",
    what: "A named condition is new.",
    reason: "What uses it is told on its own.",
    say: (condition: string) => `The condition "${condition}" is new.`,
  },
  "condition/changed": {
    level: "WARNING",
    what: "A named condition asks for something else.",
    reason: "Operations that use it are told on their own; handlers that use it meet other rows.",
    say: (condition: string, words: string) => `The condition "${condition}" ${words}.`,
  },
  "condition/removed": {
    level: "SAFE",
    what: "A named condition is gone.",
    reason: "What used it is told on its own; a handler that uses it no longer compiles.",
    say: (condition: string) => `The condition "${condition}" is gone.`,
  },
} as const satisfies { readonly [code: string]: ChangeKind };
