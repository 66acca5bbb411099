import type { ChangeKind } from "../kind.ts";
import { quotedList } from "../list.ts";

/** Who may do what to which rows and columns. */
export const ruleKinds = {
  "rules/added": {
    level: "BREAKING",
    what: "A table that was open has rules.",
    reason: "What no rule grants is refused, and rows that none lets be read are in no answer.",
    say: (table: string) => `Table "${table}" has rules, and was open.`,
  },
  "rules/removed": {
    level: "INSECURE",
    what: "A table has no rules any more.",
    reason: "Whoever may call an operation reads and writes every row.",
    say: (table: string) => `Table "${table}" has no rules any more: it is open.`,
  },
  "rule/added": {
    level: "INSECURE",
    what: "A new rule grants something that no other one did, as far as its form tells.",
    reason: "Callers see or do what they could not.",
    say: (rule: string) => `The rule "${rule}" is new.`,
  },
  "rule/removed": {
    level: "BREAKING",
    what: "A rule is gone that granted something which no other one does, as far as its form tells.",
    reason: "Shipped clients are refused what they could do, or find fewer rows.",
    say: (rule: string) => `The rule "${rule}" is gone.`,
  },
  "rule/looser": {
    level: "INSECURE",
    what: "A rule grants more.",
    reason: "Callers see or do what they could not.",
    say: (rule: string, words: string) => `The rule "${rule}" ${words}.`,
  },
  "rule/tighter": {
    level: "BREAKING",
    what: "A rule grants less.",
    reason: "Shipped clients are refused what they could do, or find fewer rows.",
    say: (rule: string, words: string) => `The rule "${rule}" ${words}.`,
  },
  "rule/changed": {
    level: "INSECURE",
    what: "A rule grants something else: neither more nor less, as far as its form tells.",
    reason: "Callers may see or do what they could not, and may be refused what they could do.",
    say: (rule: string, words: string) => `The rule "${rule}" ${words}.`,
  },
  "rule/columns-added": {
    level: "INSECURE",
    what: "A rule lets more columns be written.",
    reason: "Callers write what they could not.",
    say: (rule: string, columns: readonly string[] | undefined) =>
      `The rule "${rule}" lets ${columns ? `${quotedList(columns)} be written, too` : "every column be written"}.`,
  },
  "rule/columns-removed": {
    level: "BREAKING",
    what: "A rule lets fewer columns be written.",
    reason: "Shipped clients that write them are refused.",
    say: (rule: string, columns: readonly string[] | undefined) =>
      `The rule "${rule}" no longer lets ${columns ? quotedList(columns) : "every column"} be written.`,
  },
  "rule/message": {
    level: "SAFE",
    what: "A rule refuses in other words.",
    reason: "Messages are for people; clients go by the code and the rule.",
    say: (rule: string, message: string | undefined) =>
      `The rule "${rule}" ${message === undefined ? "says nothing of its own" : `says ${JSON.stringify(message)}`}.`,
  },
  "denial/added": {
    level: "BREAKING",
    what: "A new denial.",
    reason: "Shipped clients are refused what they could do, or find fewer rows.",
    say: (rule: string) => `The denial "${rule}" is new.`,
  },
  "denial/removed": {
    level: "INSECURE",
    what: "A denial is gone.",
    reason: "What it refused, rules may grant.",
    say: (rule: string) => `The denial "${rule}" is gone.`,
  },
  "denial/wider": {
    level: "BREAKING",
    what: "A denial refuses more.",
    reason: "Shipped clients are refused what they could do, or find fewer rows.",
    say: (rule: string, words: string) => `The denial "${rule}" ${words}.`,
  },
  "denial/changed": {
    level: "INSECURE",
    what: "A denial refuses less, or something else.",
    reason: "What it refused, rules may grant.",
    say: (rule: string, words: string) => `The denial "${rule}" ${words}.`,
  },
  "guard/added": {
    level: "BREAKING",
    what: "Not everybody who may read or write the row may read or write a column any more.",
    reason: "Shipped clients find it left out, or are refused.",
    say: (column: string, verb: "read" | "write") => `Column "${column}" says who may ${verb} it, and did not.`,
  },
  "guard/removed": {
    level: "INSECURE",
    what: "A column may be read or written by whoever may read or write the row.",
    reason: "Callers see or write what they could not.",
    say: (column: string, verb: "read" | "write") => `Column "${column}" no longer says who may ${verb} it.`,
  },
  "guard/looser": {
    level: "INSECURE",
    what: "More callers may read or write a column, or others.",
    reason: "Callers see or write what they could not.",
    say: (column: string, verb: "read" | "write", words: string) =>
      `${verb === "read" ? "Reading" : "Writing"} column "${column}" ${words}.`,
  },
  "guard/tighter": {
    level: "BREAKING",
    what: "Fewer callers may read or write a column.",
    reason: "Shipped clients find it left out, or are refused.",
    say: (column: string, verb: "read" | "write", words: string) =>
      `${verb === "read" ? "Reading" : "Writing"} column "${column}" ${words}.`,
  },
  "tenant/added": {
    level: "BREAKING",
    what: "The rows of a table belong to tenants.",
    reason: "Callers no longer find rows of others, and no longer say whose a new row is.",
    say: (table: string, column: string) => `Rows of "${table}" belong to who shares their "${column}".`,
  },
  "tenant/removed": {
    level: "INSECURE",
    what: "The rows of a table belong to no tenants any more.",
    reason: "Callers see and write rows of others, as far as rules let them.",
    say: (table: string) => `Rows of "${table}" belong to no tenants any more.`,
  },
  "tenant/changed": {
    level: "INSECURE",
    what: "Another column says whose the rows of a table are, or another field of the caller.",
    reason: "Callers see other rows than before.",
    say: (table: string, column: string, field: string) =>
      `Rows of "${table}" belong by "${column}" to who has it as "$user.${field}".`,
  },
} as const satisfies { readonly [code: string]: ChangeKind };
