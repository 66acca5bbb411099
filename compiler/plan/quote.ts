/** A name in SQL, always in quotes: no name is a keyword then. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text in SQL. It holds no NUL character: the manifest and every argument are free of them. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
