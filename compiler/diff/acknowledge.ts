import { nearest } from "../diagnostics/suggest.ts";
import { catalogue } from "./catalogue.ts";
import type { Change } from "./change.ts";
import type { Level } from "./kind.ts";

/** A change, and whether somebody said that it is meant. */
export interface Judged extends Change {
  readonly acknowledged: boolean;
}

/** Levels that stop a change unless it is acknowledged. */
export const stopping: ReadonlySet<Level> = new Set<Level>(["BREAKING", "INSECURE", "DESTRUCTIVE"]);

/** What a change is called: `operation/removed:tasks/list`. Its code alone acknowledges it too, with all others of that code. */
export const titleOf = ({ code, subject }: { readonly code: string; readonly subject: string }): string =>
  `${code}:${subject}`;

/**
 * Marks the changes that are meant.
 *
 * @param words codes, or codes with a subject
 * @returns the changes, and a sentence for each word that meets none of them
 */
export function acknowledge(
  changes: readonly Change[],
  words: readonly string[],
): { judged: readonly Judged[]; doubts: readonly string[] } {
  const meant = new Set(words);
  const names = new Set(changes.flatMap((change) => [change.code, titleOf(change)]));
  return {
    judged: changes.map((change) => ({
      ...change,
      acknowledged: meant.has(change.code) || meant.has(titleOf(change)),
    })),
    doubts: [...meant].filter((word) => !names.has(word)).map((word) => doubt(word, names)),
  };
}

function doubt(word: string, names: ReadonlySet<string>): string {
  const near = nearest(word, Object.hasOwn(catalogue, word) ? [] : [...names, ...Object.keys(catalogue)]);
  return `No change is "${word}".${near === undefined ? "" : ` Did you mean "${near}"?`}`;
}
