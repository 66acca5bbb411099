/** How people sign in, and who may call what. */
export const authMessages = {
  "auth/table": (name: string) => `"${name}" is a table of sign-in: it is there already.`,
  "auth/enum": (name: string) => `"${name}" is the enum of roles: it is there already.`,
  "auth/role": (role: string) => `"${role}" is no role: it means anybody, signed in or not.`,
  "auth/field": (name: string) => `Every user has "${name}" already.`,
  "auth/field-value": (name: string, way: string | undefined) =>
    way === undefined
      ? `"${name}" would have no value at sign-up.`
      : `"${name}" would have no value for those who sign up by "${way}".`,
  "auth/input": (column: string) => `Nobody gives "${column}" at sign-up: "input" belongs to fields of "auth.user".`,
  "auth/no-way": () => `Nobody can sign in: say "emailPassword", "emailCode", "magicLink" or "social".`,
  "auth/refresh": (refreshDays: number, days: number) =>
    `A session is over after ${days} days: it cannot be made to last anew after ${refreshDays}.`,
  "auth/lengths": (minLength: number, maxLength: number) =>
    `"minLength" (${minLength}) is above "maxLength" (${maxLength}).`,
  "auth/system-column": (name: string) =>
    `"${name}" of users is written by sign-in, and by operations that say "as: system".`,
  "auth/secret": (table: string, column: string) => `"${table}.${column}" is a secret of sign-in: nothing may name it.`,
  "auth/system-table": (table: string, verb: "create" | "update" | "delete", orSystem: boolean) =>
    `Rows of "${table}" are ${{ create: "made", update: "changed", delete: "removed" }[verb]} by sign-in${orSystem ? ', and by operations that say "as: system"' : " alone"}.`,

  "operation/no-sign-in": (owner: string) =>
    `${owner === '"defaults"' ? "What defaults say" : owner} is for who is signed in, and this manifest has no "auth" section.`,
  "operation/audience-alone": (word: string) =>
    word === "public"
      ? `"public" is anybody: it stands alone, \`auth: public\`.`
      : `"user" is anybody who is signed in, whatever the role: it stands alone, \`auth: user\`.`,
  "operation/no-because": () => `"as: system" says why it is right: write "because" beside it.`,
  "operation/because-alone": () => `"because" says why "as: system" is right, which does not stand here.`,
  "operation/unfiltered": (name: string, table: string) =>
    `Whoever is signed in reaches every row of "${table}" by "${name}".`,

  "reference/unknown-role": (role: string) => `There is no role "${role}".`,
  "reference/unknown-field": (root: string, name: string) => `$${root} has no field "${name}".`,
  "reference/nobody": (reference: string) =>
    `${reference} has no value where nobody is signed in, and anybody may call this operation.`,
  "reference/unbounded": (reference: string, most: number | undefined) =>
    `${reference} may be any number: give the field "minimum: 0"${most === undefined ? "" : ` and "maximum: ${most}" or less`}.`,
  "reference/nullable": (reference: string, column: string) => `${reference} may be null, which "${column}" may not.`,
} as const;
