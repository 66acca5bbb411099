/** `"a", "b" and "c"`. */
export const quotedList = (names: readonly string[]): string => joined(names.map((name) => `"${name}"`));

/** `a, b and c`. */
export function joined(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
