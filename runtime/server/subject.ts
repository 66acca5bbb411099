/** The text between `start` and SQLite's own name of the error, which D1 appends; undefined where `start` does not occur. */
export function subject(message: string, start: string): string | undefined {
  const at = message.indexOf(start);
  if (at < 0) return undefined;
  const from = at + start.length;
  const end = message.indexOf(": SQLITE_", from);
  return end < 0 ? message.slice(from) : message.slice(from, end);
}
