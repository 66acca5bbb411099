/** Headers by name. */
export interface AnswerHeaders {
  readonly [name: string]: string;
}

/** What goes with every answer, refusals and answers of sign-in included. */
export const ANSWER_HEADERS: AnswerHeaders = {
  // an answer may be one caller's own: no cache keeps it, and one that does so nevertheless keeps it for that caller
  "cache-control": "private, no-store",
  // JSON stays JSON: a text in it that looks like a page is none
  "x-content-type-options": "nosniff",
  // opened as a page of its own, an answer runs nothing, loads nothing and stands in no frame
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  // pages of other sites cannot load an answer as a picture or a script, and so into their own process; CORS is not touched by it
  "cross-origin-resource-policy": "same-origin",
  // the arguments of a query stand in its URL
  "referrer-policy": "no-referrer",
};
