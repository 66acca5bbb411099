import type { Span } from "../source/span.ts";
import type { Diagnostic } from "./diagnostic.ts";

interface FormatOptions {
  /** escape sequences for a terminal; plain text otherwise */
  readonly colours?: boolean;
}

type Paint = (text: string) => string;

interface Palette {
  readonly error: Paint;
  readonly warning: Paint;
  readonly place: Paint;
  readonly faint: Paint;
}

/** What a code frame shows of a very long line. */
const FRAME_WIDTH = 160;

/** Diagnostics for people: each with its code frame, with an empty line between. Ends with a line break unless empty. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], options: FormatOptions = {}): string {
  return diagnostics.map((diagnostic) => `${formatDiagnostic(diagnostic, options)}\n`).join("\n");
}

/** One diagnostic: place, code and message, the code frame, then the related places and the fix. */
export function formatDiagnostic(diagnostic: Diagnostic, { colours = false }: FormatOptions = {}): string {
  const { code, severity, span, message, related = [], fix } = diagnostic;
  const palette = colours ? terminal : plain;
  const mark = palette[severity];
  const lines = [
    `${palette.place(place(span))} - ${mark(severity)} ${palette.faint(`${code}:`)} ${printable(message)}`,
  ];
  lines.push(...frame(span, palette, mark));
  for (const other of related) {
    lines.push(
      `  ${palette.place(place(other.span))} - ${printable(other.message)}`,
      ...frame(other.span, palette, palette.place),
    );
  }
  if (fix) lines.push(`  fix: ${printable(fix.title)}`);
  return lines.join("\n");
}

function place({ source, start }: Span): string {
  const { line, column } = source.position(start);
  return `${printable(source.path)}:${line}:${column}`;
}

/** The line where a span begins, and a line of tildes under as much of the span as it holds. */
function frame({ source, start, end }: Span, palette: Palette, mark: Paint): string[] {
  const { line, column } = source.position(start);
  const text = source.line(line);
  if (text.trim() === "") return [];
  const cut =
    text.length <= FRAME_WIDTH ? 0 : Math.max(0, Math.min(column - 1 - FRAME_WIDTH / 4, text.length - FRAME_WIDTH));
  const shown = printable(text.slice(cut, cut + FRAME_WIDTH));
  const from = column - 1 - cut;
  const length = Math.max(1, Math.min(end - start, shown.length - from));
  const number = String(line);
  const under = shown.slice(0, from).replace(/[^\t]/g, " ") + mark("~".repeat(length));
  return [
    `  ${palette.faint(`${number} |`)} ${shown}`,
    `  ${palette.faint(`${" ".repeat(number.length)} |`)} ${under}`,
  ];
}

/** Text without what would move a terminal's cursor or turn its lines around. Tabs stay; every character keeps its width. */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\t]|\p{Bidi_Control}|[\u2028\u2029]/gu, "\uFFFD");
}

const same: Paint = (text) => text;
const plain: Palette = { error: same, warning: same, place: same, faint: same };

const sequence =
  (open: number, close: number): Paint =>
  (text) =>
    `\u001B[${open}m${text}\u001B[${close}m`;
const terminal: Palette = {
  error: sequence(31, 39),
  warning: sequence(33, 39),
  place: sequence(36, 39),
  faint: sequence(2, 22),
};
