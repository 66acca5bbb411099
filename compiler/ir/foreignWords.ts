/**
 * What words of other tools are called here.
 *
 * @param words by the name here, the words for it, with a space between
 * @returns the name by a word, in whatever letters
 */
export function byWord(words: { readonly [name: string]: string }): (word: string) => string | undefined {
  const names = new Map(
    Object.entries(words).flatMap(([name, others]) =>
      others.split(" ").map((word) => [word.toLowerCase(), name] as const),
    ),
  );
  return (word) => names.get(word.toLowerCase());
}
