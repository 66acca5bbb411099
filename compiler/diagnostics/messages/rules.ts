/** Who may do what: rules of tables, guards of columns, tenants. */
export const ruleMessages = {
  "rule/word": (key: string) => `"${key}" is no word of rules: these are "when", "then", "columns" and "message".`,
  "rule/no-name": (column: string) => `A rule has a name, and "${column}" is a column: this is a condition alone.`,
  "rule/only-update": (key: string, verb: string) =>
    `"${key}" belongs to rules of "update"; this is a rule of "${verb}".`,
  "rule/message": () => "A message is a text that is not empty.",
  "rule/search": () =>
    "This speaks of a row before it is written, and no full-text index knows such a row: say it without a search.",
  "rule/never-written": (column: string) => `No update writes "${column}", so no rule lets it be written.`,
  "rule/relation-column": (relation: string) =>
    `"${relation}" is a relation: an update writes columns, and links of relations of many to many.`,
  "rule/never": (name: string) => `The rule "${name}" grants nothing to anybody: it never holds.`,
  "rule/never-denies": (name: string) => `The denial "${name}" refuses nobody: it never holds.`,
  "rule/never-allowed": (operation: string, table: string, verb: string, isGranted: boolean) =>
    isGranted
      ? `"${operation}" is always refused, or finds nothing: no rule of "${table}" grants "${verb}" to those who may call it.`
      : `"${operation}" is always refused, or finds nothing: no rule of "${table}" grants "${verb}".`,
  "rule/cascade": (table: string, along: readonly string[]) =>
    `Rows of ${along.map((name) => `"${name}"`).join(", ")} go with rows of "${table}", and their own rules are not asked.`,
  "after/audience": (follower: string, name: string, callers: string, its: string) =>
    `"${follower}" runs as whoever calls "${name}", which is for ${callers}, and may be called by ${its} only.`,
  "rule/no-cascade": (name: string, table: string) => `No rows of "${name}" go with rows of "${table}".`,
  "rule/sql": (table: string) => `SQL would pass by the rules of "${table}": only an operation "as: system" may.`,

  "may/verb": (found: string) => `${found} is not what rules speak of: read, create, update or delete.`,
  "may/no-rules": (table: string) => `Table "${table}" has no rules that could be asked: everybody may do everything.`,
  "may/never": (table: string, verb: string) => `No rule of "${table}" grants "${verb}": this never holds.`,
  "may/ring": (names: readonly string[]) => `These rules ask one another in a ring: ${names.join(", ")}.`,

  "tenant/no-field": (name: string) =>
    `Nothing says which "${name}" a caller belongs to: "$user" has no field of that name.`,
  "tenant/input": (field: string) =>
    `"${field}" says whose rows somebody sees, and by "input: true" whoever signs up could say so.`,
  "tenant/own": (field: string) =>
    `"${field}" cannot say whose rows somebody sees: everybody writes their own "${field}".`,
  "tenant/unproven": (field: string) =>
    `"${field}" cannot say whose rows somebody sees: people sign in who need not prove that an address is theirs.`,
  "tenant/nullable": (column: string) => `"${column}" says whose a row is, so it may not be null.`,
  "tenant/computed": (column: string) => `"${column}" is computed, and no new row could get it from its caller.`,
  "tenant/crossing": (relation: string, table: string, field: string) =>
    `"${relation}" leads to rows of another tenant: those of "${table}" belong by "$user.${field}".`,
  "tenant/written": (column: string, table: string) =>
    `"${column}" says whose a row of "${table}" is: only an operation "as: system" writes it.`,
  "tenant/public": (operation: string, table: string) =>
    `"${operation}" cannot be "auth: public": rows of "${table}" belong to tenants, and whoever is not signed in belongs to none.`,

  "guard/key": (column: string) =>
    `"${column}" is of the key, which tells rows apart: who may read the row may read it.`,
  "guard/use": (column: string, use: string) =>
    `"${column}" cannot be ${use} here: it says by "read" who may read it, and not all who call this always may.`,
  "guard/never-read": (column: string) => `Nobody who may call this may read "${column}": it is in no result.`,
  "guard/searchable": (column: string) =>
    `"${column}" is searchable: a search would tell what is in it to those who may not read it.`,
  "guard/computed": (column: string, of: string) =>
    `"${column}" is made of "${of}", which says by "read" who may read it: "${column}" has to say so, too.`,
  "guard/never-written": (column: string) => `No write gives "${column}" a value: there is nothing to guard.`,
} as const;
