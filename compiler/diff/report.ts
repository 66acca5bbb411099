import { printable } from "../diagnostics/format.ts";
import { type Judged, stopping, titleOf } from "./acknowledge.ts";
import type { Level } from "./kind.ts";

/** A change as `--format json` prints it. Lines and columns count from 1, columns in UTF-16 units. */
export interface JsonChange {
  readonly level: Level;
  readonly code: string;
  readonly subject: string;
  readonly message: string;
  readonly reason: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly acknowledged: boolean;
}

/** The worst first. */
const order: readonly Level[] = ["DESTRUCTIVE", "INSECURE", "BREAKING", "WARNING", "SAFE"];

/**
 * Changes with their places, the worst first and then as they stand in the manifests.
 *
 * @param oldPrefix what stands before the path of a file of the old manifest: `HEAD:` where git has it
 */
export function located(changes: readonly Judged[], oldPrefix: string): readonly JsonChange[] {
  const placed = changes.map(({ level, code, subject, message, reason, side, place, acknowledged }) => {
    const { source, start } = place.keySpan;
    const file = side === "before" ? oldPrefix + source.path : source.path;
    return { level, code, subject, message, reason, file, ...source.position(start), acknowledged };
  });
  return placed.sort(
    (a, b) =>
      order.indexOf(a.level) - order.indexOf(b.level) ||
      compareText(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compareText(a.code, b.code) ||
      compareText(a.subject, b.subject),
  );
}

/** By code units, so that the order is the same on every machine. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Changes for people, each with its reason, and how many of each level there are. Ends with a line break. */
export function formatChanges(changes: readonly JsonChange[]): string {
  if (changes.length === 0) return "No changes.\n";
  return `${[...changes.map(formatChange), summary(changes)].join("\n\n")}\n`;
}

function formatChange(change: JsonChange): string {
  const { level, file, line, column, message, reason, acknowledged } = change;
  const mark = acknowledged ? `${level} (acknowledged)` : level;
  const lines = [`${mark} ${titleOf(change)}`, `  ${file}:${line}:${column}`, `  ${message}`, `  ${reason}`];
  return lines.map(printable).join("\n");
}

function summary(changes: readonly JsonChange[]): string {
  const counts = order.flatMap((level) => {
    const count = changes.filter((change) => change.level === level).length;
    return count === 0 ? [] : [`${count} ${level}`];
  });
  const open = changes.filter(isOpen);
  const total = `${changes.length} ${changes.length === 1 ? "change" : "changes"}: ${counts.join(", ")}.`;
  if (open.length === 0) return total;
  const many = open.length === 1 ? "1 is not acknowledged" : `${open.length} are not acknowledged`;
  return `${total} ${many}; where that is meant: --acknowledge ${quoted(titleOf(open[0]!))}`;
}

/** As a shell takes it for one word. */
const quoted = (word: string): string => (/^[\w./:@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** Whether a change stops those who asked. */
export const isOpen = ({ level, acknowledged }: Pick<JsonChange, "level" | "acknowledged">): boolean =>
  stopping.has(level) && !acknowledged;
