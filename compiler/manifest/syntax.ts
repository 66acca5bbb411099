/**
 * What is wrong with a YAML text, in words of its author's. By the codes of the `yaml` package; a code that is not here, or that
 * says too little, keeps the package's own message.
 */
const syntaxProblems: { readonly [code: string]: string } = {
  BAD_DQ_ESCAPE: "This escape does not exist. Double the backslash (`\\\\`), or put the text in single quotes.",
  BAD_SCALAR_START: "Plain text cannot start with this character. Put the text in quotes.",
  BLOCK_AS_IMPLICIT_KEY:
    "There is a second key inside of this value. Put a text that holds `: ` in quotes; indent the lines below like the keys above.",
  BLOCK_IN_FLOW: "Inside of brackets a map is written `{ key: value }` and a list `[item]`.",
  KEY_OVER_1024_CHARS: "A key is longer than 1024 characters: perhaps a quote or a bracket is not closed.",
  MULTILINE_IMPLICIT_KEY:
    "This is no key with a value: perhaps the colon, or the space behind it, is missing; or a quote or a bracket is not closed.",
  MULTIPLE_ANCHORS: "A value can have only one anchor.",
  MULTIPLE_TAGS: "A value can have only one tag.",
};

/** Messages of the package that say more than their code does. */
const problemsByMessage: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [
    /^Flow (?:map|sequence).* end with a (.)$/,
    ([, bracket]) => `A closing \`${bracket}\` is missing, or stands too far left.`,
  ],
  [/^Alias cannot be an empty string$/, () => "A `*` alone means nothing to YAML. As a text it stands in quotes."],
  [/^Missing closing (.)quote$/, ([, quote]) => `A closing ${quote} is missing.`],
  [/^Implicit (?:map )?keys need to be followed by map values$/, () => "A colon is missing after this key."],
  [/^All mapping items must start at the same column$/, () => "This key is not indented like the keys above it."],
  [/^A block sequence may not be used as an implicit map key$/, () => "A list cannot be a key."],
  [
    /^Unexpected block-seq-ind on same line with key$/,
    () => "A list begins on a line of its own, or stands in brackets.",
  ],
  [
    /^Unexpected scalar at node end$/,
    () => "This does not belong to what stands before it: check indentation, quotes and commas.",
  ],
];

/** The message for a problem that the `yaml` package found. */
export function syntaxProblem(code: string, message: string): string {
  if (syntaxProblems[code]) return syntaxProblems[code];
  for (const [pattern, say] of problemsByMessage) {
    const match = pattern.exec(message);
    if (match) return say(match);
  }
  return message.endsWith(".") ? message : `${message}.`;
}

/** Where a problem begins: a quote that is never closed is missed at the end of the file, but the mistake is where it opens. */
export function syntaxStart(message: string, text: string, offset: number): number {
  const quote = /^Missing closing (.)quote$/.exec(message)?.[1];
  return quote ? Math.max(0, text.lastIndexOf(quote, offset)) : offset;
}
