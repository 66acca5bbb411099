import { listed } from "../manifest/words.ts";

/** `"a", "b" and "c"`. */
export const quotedList = (names: readonly string[]): string => listed(names.map((name) => `"${name}"`));
