const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");
const series = (names: readonly string[]): string =>
  [names.slice(0, -1).join(", "), ...names.slice(-1)].filter((part) => part !== "").join(" and ");
const sentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}.`;
const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** What a well-shaped manifest means: names, types, references, operations. */
export const languageMessages = {
  "reference/unknown-table": (name: string) => `There is no table "${name}".`,
  "reference/unknown-column": (table: string, name: string) => `Table "${table}" has no column "${name}".`,
  "reference/unknown-relation": (table: string, name: string) => `Table "${table}" has no relation "${name}".`,
  "reference/unknown-condition": (table: string, name: string) => `Table "${table}" has no condition called "${name}".`,
  "reference/unknown-argument": (name: string) => `There is no argument "${name}".`,
  "reference/unknown-property": (reference: string, name: string) =>
    `There is no property "${name}" on the way of ${reference}.`,
  "reference/unknown-step": (name: string) => `There is no step "${name}".`,
  "reference/later-step": (name: string) => `The step "${name}" is not done yet: a step speaks of those before it.`,
  "reference/no-row": (name: string, kind: "rows" | "check") =>
    kind === "check" ? `"${name}" is a check: it has no row.` : `"${name}" has many rows: none of them can be meant.`,
  "reference/unknown-error": (name: string) => `This operation declares no error "${name}".`,
  "reference/unknown-limit": (name: string) => `There is no limit "${name}".`,
  "reference/unknown-mutation": (name: string) => `There is no mutation "${name}".`,
  "reference/no-sign-in": (root: string) =>
    `${root} is who calls, and nobody signs in: this manifest has no "auth" section.`,
  "reference/scope": (reference: string, place: string, allowed: readonly string[]) =>
    `${reference} has no meaning in ${place}: ${allowed.length === 0 ? "only literals stand there" : `it may speak of ${series(allowed)}`}.`,
  "reference/syntax": (reference: string) =>
    `"${reference}" is not a reference: write $args.name, $args.name.property, $user.field or $now, in steps also $item or $steps.name.column.`,
  "reference/not-here": (text: string) => `"${text}" reads as a reference, and none may stand here.`,
  "reference/missing-mark": (reference: string) => `${reference} may be absent: write "?" behind it.`,
  "reference/needless-mark": (reference: string) =>
    `${reference.replace(/\?$/, "")} is always there: leave the "?" out.`,
  "reference/optional-here": (reference: string, place: string) =>
    `${reference} may be absent, which is not allowed in ${place}: make the argument required, or give it a default.`,
  "reference/type": (reference: string, found: string, expected: string) =>
    `${reference} is of type ${found}; here stands a value of type ${expected}.`,

  "type/unknown": (name: string) => `There is no type "${name}".`,
  "type/built-in": (name: string) => `"${name}" is a type of the language already.`,
  "type/ring": (names: readonly string[]) => `These types are made of one another: ${names.join(", ")}.`,
  "type/incomplete": (kind: string, missing: string) => `A type "${kind}" needs "${missing}".`,
  "type/foreign-constraint": (name: string, kind: string) => `"${name}" is not a constraint of ${kind}.`,
  "type/bad-constraint": (name: string, value: string, kind: string) => `${value} does not do as "${name}" of ${kind}.`,
  "type/empty-range": (low: string, high: string) => `No value is left: "${low}" is above "${high}".`,
  "type/mismatch": (value: string, expected: string) => `${value} is not of type ${expected}.`,
  "type/null": () => "Null has no place here.",
  "type/nul": () => "A text may not hold the NUL character.",
  "type/constraint": (value: string, must: string) => `${value} does not fit: it must ${must}.`,
  "type/not-a-member": (value: string, name: string) => `"${value}" is not a member of the enum "${name}".`,
  "type/unknown-property": (name: string) => `There is no property "${name}" in this object.`,
  "type/missing-property": (name: string) => `The property "${name}" is missing.`,
  "type/not-a-time": (option: string, type: string) => `"${option}" belongs to timestamps and dates; this is ${type}.`,
  "type/generate": (what: string, type: string) => `"generate: ${what}" does not make values of type ${type}.`,
  "type/generate-and-default": () => `A column has "generate" or "default", not both.`,
  "type/count": (type: string) => `A count is an integer, not ${type}.`,
  "type/count-one": (relation: string) =>
    `"${relation}" leads to one row at most: only rows of a relation to many are counted.`,
  "type/count-where": () =>
    "A count compares columns of the related row with literals only: neither relations nor the time.",
  "type/nothing-generated": (name: string) =>
    `Nothing is generated for "${name}": "generate: none" belongs to a key of one column.`,

  "type/version": (type: string) => `A version is of type integer; this is ${type}.`,
  "type/version-and": (other: string) => `A version is 1 in a new row and counts up by itself: "${other}" has no use.`,

  "table/no-key": (name: string) => `Table "${name}" has no key: add a column "id", or say "primaryKey".`,
  "table/nullable-key": (name: string) => `The key "${name}" may not be null.`,
  "table/computed-key": (name: string) => `"${name}" is computed, and a key is written.`,
  "table/key-type": (name: string, type: string) =>
    `"${name}" cannot be a key: it is ${type}, and a key is uuid, integer, bigint, string, date or an enum.`,

  "table/not-searchable": (name: string, type: string) =>
    `"${name}" is ${type}; only stored columns of type string can be searched.`,

  "relation/column-taken": (relation: string, column: string) =>
    `Relation "${relation}" adds the column "${column}", which is there already.`,
  "relation/name-taken": (name: string) => `There is a column "${name}" already: conditions could not tell them apart.`,
  "relation/needs-columns": (relation: string, table: string, key: readonly string[]) =>
    `The key of "${table}" has ${plural(key.length, "column")} (${list(key)}): declare a column for each and say "columns" in "${relation}".`,
  "relation/column-count": (count: number, table: string, expected: number) =>
    `There ${count === 1 ? "is" : "are"} ${plural(count, "column")} here for ${expected} of "${table}".`,
  "relation/column-type": (column: string, type: string, other: string, otherType: string) =>
    `"${column}" is ${type}, but "${other}" is ${otherType}.`,
  "relation/not-unique": (table: string, columns: readonly string[]) =>
    `${list(columns)} of "${table}" must be unique for a relation to lead there.`,
  "relation/optional-columns": (relation: string) =>
    `"${relation}" cannot be optional: none of its columns may be null.`,
  "relation/self-required": (relation: string, table: string) =>
    `"${relation}" leads to its own table and is required: no first row of "${table}" could be written.`,
  "relation/set-null": (column: string) => `"set null" cannot be: "${column}" may not be null.`,
  "relation/no-inverse": (relation: string, holder: string, table: string) =>
    `Table "${holder}" has no "one" relation to "${table}" that "${relation}" could be the other end of.`,
  "relation/ambiguous": (relation: string, holder: string, table: string) =>
    `Several relations of "${holder}" lead to "${table}": name the one that "${relation}" is the other end of by "inverse".`,
  "relation/not-inverse": (name: string, holder: string, table: string) =>
    `"${name}" of "${holder}" does not lead to "${table}" as the other end of this.`,
  "relation/not-unique-end": (relation: string, holder: string, other: string) =>
    `"${relation}" is one row at most, but "${holder}.${other}" is not unique: say "unique: true" there, or "many" here.`,

  "relation/computed": (column: string) =>
    `"${column}" is computed, and a relation stands on columns that are written.`,
  "relation/no-own-column": (key: string, relation: string) =>
    `"${key}" speaks of the column that a relation adds, and "${relation}" stands on declared columns: say it there.`,

  "rename/still-there": (former: string, name: string) =>
    `"${name}" cannot be renamed from "${former}", which is still there.`,
  "rename/twice": (former: string) => `Something else is renamed from "${former}" already.`,

  "index/not-literal": () =>
    "The condition of an index compares columns with literals only: neither relations nor the time.",
  "sql/syntax": (text: string) =>
    text === "" ? "There is no SQL here." : `This SQL does not read on at \`${text.slice(0, 20)}\`.`,
  "sql/many-statements": () => "An operation runs one statement, and another one begins here.",
  "sql/parameter": (sign: string) => `"${sign}" is no parameter here: an argument is written ":name".`,
  "sql/list-parameter": (name: string) =>
    `":${name}" is a list, which SQL takes as one text of JSON: IN would compare with that text, not with what is in it.`,
  "sql/statement": (word: string, kind: string, allowed: readonly string[]) =>
    `"${word.toUpperCase()}" has no place in a ${kind}: its SQL begins with ${allowed.join(", ").toUpperCase()}.`,
  "sql/section": (does: "reads" | "writes", section: string) => `This statement ${does}: it belongs to "${section}".`,
  "sql/refused": (reason: string) => `SQLite does not take this statement: ${reason}.`,
  "sql/unknown-table": (name: string) => `The database has no table "${name}".`,
  "sql/unknown-column": (name: string) => `No table that this statement speaks of has a column "${name}".`,
  "sql/reserved-table": (name: string) => `"${name}" is a table that the database or appflare keeps for itself.`,
  "sql/too-many-arguments": (count: number, most: number) =>
    `This statement has ${count} arguments, each counted as often as it stands there; the database takes ${most}.`,
  "sql/missing-column": (name: string) => `"returns" has "${name}", and the statement returns no column of that name.`,
  "sql/further-column": (name: string) => `The statement returns a column "${name}", which "returns" does not have.`,
  "sql/column-twice": (name: string) => `The statement returns two columns "${name}".`,
  "sql/one-column": (type: string, count: number) =>
    `"returns" is ${type}, so the statement returns one column, and it returns ${count}.`,
  "sql/column-type": (name: string, type: string, expected: string) =>
    `"${name}" is of type ${type}, and "returns" says ${expected}.`,
  "sql/no-rows": () => `"returns" says what comes back, and the statement returns nothing.`,
  "sql/subquery": () => "SQL in a manifest speaks of one row: no sub-selects.",
  "sql/aggregate": (name: string) => `"${name}" of one value is taken over many rows, and SQL here speaks of one row.`,
  "sql/computed": (column: string) => `"${column}" is computed itself, and has no value that SQL could speak of here.`,
  "sql/type": (type: string) => `An SQL expression cannot make a value of type ${type}.`,
  "sql/no-row": (column: string) =>
    `"${column}" is a column of a row that is not there yet: in an insert, an expression speaks of arguments, as ":name".`,
  "sql/unknown-name": (name: string, table: string) =>
    `"${name}" is neither a column of "${table}" nor a word or function of SQL that may stand here.`,

  "condition/form": (found: string) => `${found} is not a condition: write a map, a list, or the name of one.`,
  "condition/not-a-list": (found: string) => `${found} is not a list.`,
  "condition/bare-list": () => `A list does not stand for a value: write { in: [...] }.`,
  "condition/unknown-operator": (name: string) => `There is no operator "${name}".`,
  "condition/operator-type": (operator: string, type: string) => `"${operator}" does not work on ${type}.`,
  "condition/null-operand": (operator: string) => `"${operator}" never holds with null: use "isNull", "eq" or "ne".`,
  "condition/json": (type: string) =>
    type === "array"
      ? `A list is not compared as a whole: ask what is in it by "includes", "includesAny", "length", "some", "every" or "none".`
      : type === "object"
        ? "An object is not compared as a whole: write a map of its properties."
        : type === "bytes"
          ? "Bytes inside JSON can only be compared with null."
          : `A value of type ${type} can only be compared with null: what an array or object holds may be asked for, so declare what this one holds.`,
  "condition/near-column": (column: string, type: string) => `"${column}" is ${type}; degrees are numbers.`,
  "condition/not-searchable": (table: string) =>
    `Nothing of "${table}" can be searched: list columns under "searchable".`,
  "condition/case-alone": () => `"caseSensitive" stands beside "contains", "startsWith" or "endsWith".`,
  "condition/no-quantifier": (relation: string) =>
    `"${relation}" leads to many rows: say "some", "every" or "none" of them.`,
  "condition/ring": (names: readonly string[]) => `These conditions name one another in a ring: ${names.join(", ")}.`,
  "condition/undefined": (place: string) => `A value is undefined in ${place}: it would mean more rows than you think.`,

  "operation/no-auth": (name: string) =>
    `"${name}" is for who is signed in unless it says otherwise, and nobody signs in: say "auth: public", here or under "defaults", or declare an "auth" section.`,
  "operation/query-and-mutation": (name: string) => `There is a query "${name}" already.`,
  "operation/nested-name": (name: string, other: string) =>
    `"${name}" cannot be an operation and the first part of "${other}".`,
  "operation/not-one-row": (table: string, keys: string) =>
    `"get" returns one row of "${table}": its "where" must fix ${keys} by values that are always there.`,
  "operation/option": (found: string, expected: string) => `${found} is not ${expected}.`,
  "operation/no-use": (option: string, owner: string) => `"${option}" has no use in ${owner}.`,
  "operation/limit": (key: string, found: string, most: number) =>
    `"${key}" is ${found}; it must be a whole number of at most ${most}.`,
  "operation/too-many-values": (values: number, most: number) =>
    `This sends ${values} values in one statement, and the database takes ${most}: pass many as one list.`,
  "operation/too-long": (kilobytes: number) =>
    `This becomes a statement of ${kilobytes} KB, and the database takes 100 KB: nest less, or select fewer columns.`,
  "operation/too-deep": () =>
    "This nests deeper than the database takes in one statement: nest less, or ask for the inner rows by an operation of their own.",
  "operation/too-many-rows": (rows: number, most: number) =>
    `An answer could have ${rows.toLocaleString("en")} rows, limits multiplied, and "database.query.maxRows" is ${most.toLocaleString("en")}: set a lower "limit".`,
  "operation/no-order": (column: string, type: string) => `Rows cannot be ordered by "${column}": it is ${type}.`,
  "operation/rank": (rank: string, key: string, found: number) =>
    found === 0
      ? `"${rank}" needs a "${key}" in the same "where" that every row meets.`
      : `"${rank}" is of one "${key}", and this "where" has ${found}.`,
  "operation/page-rank": (rank: string) =>
    `A page cannot be ordered by "${rank}": a cursor holds values of the row alone. A list with "limit" and "offset" can.`,
  "operation/distinct": () => `"distinct" compares the columns of a "select": it needs one, and no "with".`,
  "operation/distinct-order": (column: string) =>
    `Different rows are ordered by selected columns only, and "${column}" is not selected.`,

  "aggregate/type": (fn: string, column: string, type: string) =>
    `"${fn}" does not work on "${column}": it is ${type}.`,
  "aggregate/relation": (fn: string, relation: string) =>
    `"${fn}" is over a column, and "${relation}" is a relation: name a column of its rows.`,
  "aggregate/count": (column: string) =>
    `"${column}" is a count itself, which is neither grouped by nor measured again.`,
  "aggregate/group-type": (column: string, type: string) => `Rows cannot be grouped by "${column}": it is ${type}.`,
  "aggregate/distinct-rows": () => `Rows are always different: "distinct" counts the values of a column.`,
  "aggregate/distinct-type": (column: string, type: string) =>
    `Values of "${column}" are not told apart: it is ${type}.`,
  "aggregate/distinct-way": (relation: string) =>
    `"distinct" cannot be said by way of "${relation}", which leads to many rows.`,
  "aggregate/name-taken": (name: string) => `"${name}" is the name of a column or a relation already.`,
  "aggregate/unknown-result": (name: string) => `There is no result "${name}" here.`,

  "argument/unused": (name: string) => `The argument "${name}" is not used.`,
  "argument/twice": (name: string) => `"${name}" is an argument already.`,
  "argument/reserved": (name: string) => `A page has the argument "${name}" by itself.`,

  "write/missing-column": (columns: readonly string[], table: string) =>
    `An insert into "${table}" must give ${list(columns)}: there is no default, and null is not allowed.`,
  "write/conflict": (columns: readonly string[], table: string) =>
    `Several rows of "${table}" may hold the same ${list(columns)}: "conflict" lists the columns of a unique key.`,
  "write/conflict-not-given": (columns: readonly string[]) =>
    `No row could be met: "values" or "input" must give ${list(columns)}.`,
  "write/key": (column: string, table: string) =>
    `"${column}" is the key of "${table}", which an update never changes.`,
  "write/nested-many": (relation: string, found: string) =>
    `${found} is not a list: "${relation}" leads to many rows, so keys of those that are there, and maps of new ones, stand in a list.`,
  "write/nested-one": (relation: string, found: string) =>
    `${found} is not a map: "${relation}" leads to one row, and a new one is written here.`,
  "write/nested-key": (table: string) =>
    `Rows of "${table}" have a key of several columns, which one value does not name.`,
  "write/link-column": (relation: string, table: string, columns: readonly string[]) =>
    `Nothing can be linked by "${relation}": rows of "${table}" need ${list(columns)}, and a link gives no more than its two ends.`,
  "write/links": (relation: string, found: string) =>
    `${found} does not say what becomes of "${relation}": write { add: [...] }, { remove: [...] } or { replace: [...] }.`,
  "write/replace-alone": (relation: string) =>
    `"replace" says all that "${relation}" leads to from now on: neither "add" nor "remove" stands beside it.`,
  "write/links-of-one": (relation: string) =>
    `"${relation}" is changed for one row: say "expect: one", and let "where" fix a unique key that "set" leaves as it is.`,
  "write/over-rows": () =>
    "What is done for each row of a table writes one table: rows and links beside it need a list that is sent.",
  "write/item-in-set": () =>
    "What an upsert for each row of a table changes of a row that is there cannot speak of $item.",
  "write/version": (column: string) => `"${column}" is a version: it is 1 in a new row, and every update counts it up.`,
  "write/twice": (column: string) => `"${column}" is written twice.`,
  "write/nothing-set": (table: string) => `This update changes nothing in "${table}": say "set" or "input".`,
  "write/no-where": (verb: string, table: string) => `This would ${verb} every row of "${table}".`,
  "write/all-and-where": () => `"all: true" means every row, but "where" says which.`,
  "write/computed": (column: string) => `"${column}" is computed, and no write gives it a value.`,
  "write/not-a-value": (found: string, column: string) => `${found} cannot be written to "${column}".`,
  "write/not-a-number": (change: string, column: string, type: string) =>
    `"${change}" needs a number, and "${column}" is ${type}.`,

  "write/else-without-expect": () =>
    `"else" says what it is when rows are too few or too many: say by "expect" how many they must be.`,

  "write/else-of-new-row": () =>
    `A new row is never too few or too many: "else" is a map here, with an error for "unique" or "check".`,

  "after/missing-argument": (name: string, args: readonly string[]) =>
    `"${name}" needs ${list(args)} among its "args".`,
  "after/may-be-absent": (reference: string, argument: string, what: "absent" | "null") =>
    `${reference} may be ${what}, which "${argument}" must not be.`,
  "after/ring": (names: readonly string[]) => `These mutations run after one another without end: ${names.join(", ")}.`,
  "error/unused": (code: string) => `The error "${code}" is declared, and nothing raises it.`,

  "table/too-many-columns": (columns: number, most: number) =>
    `This table has ${columns} columns, and the database takes ${most}: part it, or keep some as an "object".`,

  "name/twice": (name: string) => `"${name}" is in this list already.`,
  "name/meet": (name: string, common: string) => `"${name}" is called "${common}", which something else is too.`,
  "name/meet-in-sql": (name: string, sqlName: string) =>
    `"${name}"${name === sqlName ? "" : ` becomes "${sqlName}", which`} is the name of something else in SQL. Use "sqlName".`,
  "name/meet-in-types": (name: string, typeName: string) =>
    `"${name}" makes a type "${typeName}", which something else does too.`,
  "name/reserved-sql": (sqlName: string) => `"${sqlName}" is a name that the database or appflare keeps for itself.`,
  "name/condition-word": (name: string) =>
    `"${name}" is a word of conditions, and no column, relation or result can be called so.`,
  "name/built-in-error": (code: string) => `"${code}" is an error that every Worker has already.`,

  "settings/limits": (defaultLimit: number, maxLimit: number) =>
    `"defaultLimit" (${defaultLimit}) is above "maxLimit" (${maxLimit}).`,
  "settings/any-origin": () => `"*" allows every origin: it stands alone.`,
  "settings/origin": (said: string) => `Browsers say this origin as "${said}", and it is compared letter by letter.`,
  "settings/generated": (key: string) => `"${key}" is generated: it cannot be set here.`,

  "limit/period": (seconds: number) =>
    `Requests are counted over 10 or 60 seconds: over ${seconds} they are only with "exact: true".`,
  "limit/nobody": () => `Nobody signs in here, so requests are counted by "address".`,
  "limit/migrations": () =>
    'A limit with "exact: true" counts in a Durable Object, of which "exports" tells wrangler, and wrangler takes no "migrations" beside it: tell of yours in "exports", too.',
  "limit/unused": (name: string) => `No operation counts towards the limit "${name}".`,

  "condition/unused": (table: string, name: string) => `The condition "${name}" of "${table}" is not used.`,
  "index/repeated": (columns: string) => `Another index or a key serves ${columns} already.`,
  "index/missing": (because: string, index: string, table: string) =>
    `${sentence(because)} Add the index ${index} to "${table}", or say by "scan" why none is needed.`,
  "index/missing-relation": (because: string, relation: string) =>
    `${sentence(because)} Say "index: true" of "${relation}", or by "scan" why none is needed.`,
  "index/needless-scan": (name: string) => `"${name}" reads no rows for want of an index: it needs no "scan".`,
} as const;
