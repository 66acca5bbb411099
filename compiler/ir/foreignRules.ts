import { byWord } from "./foreignWords.ts";

/** What a word of a rule is called here. */
export const nativeRuleWord = byWord({
  when: "if where condition using filter rule allow",
  then: "check withCheck with_check after",
  columns: "fields attributes only",
  message: "error reason because",
});

/** What rules speak of, by the words of other tools. */
export const nativeVerb = byWord({
  read: "view select get list see find query",
  create: "insert add new",
  update: "write edit modify patch change",
  delete: "remove destroy drop",
});
