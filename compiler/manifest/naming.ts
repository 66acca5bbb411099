/** Ways to write a name, by the title that the schema gives them. */
const conversions: { readonly [title: string]: (words: readonly string[]) => string } = {
  "a camelCase name": camelCase,
  "a PascalCase name": (words) => words.map(capitalised).join(""),
  "a snake_case name": (words) => words.join("_"),
};

/** Whether the schema of this title is of a name. */
export function isName(title: string): boolean {
  return title in conversions || title === "a name of an operation";
}

/** A name written as a name of this title is, if its words allow it. */
export function renamed(name: string, title: string): string | undefined {
  if (title === "a name of an operation") {
    return name
      .split(/[/.:]/)
      .map((segment) => camelCase(wordsOf(segment)))
      .join("/");
  }
  return conversions[title]?.(wordsOf(name));
}

/** The words of a name in small letters: `dueAt`, `due_at`, `DUE-AT` and `DueAt` are `due`, `at`. None where a letter has no ASCII form. */
function wordsOf(name: string): string[] {
  const letters = name.normalize("NFKD").replace(/\p{M}/gu, "");
  if (/[^\p{ASCII}]/u.test(letters)) return [];
  return (letters.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+/g) ?? []).map((word) => word.toLowerCase());
}

function camelCase(words: readonly string[]): string {
  return words.map((word, index) => (index === 0 ? word : capitalised(word))).join("");
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
