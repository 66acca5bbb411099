/** A line and a column, both from 1. Columns count UTF-16 units; a byte order mark counts none. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A text that was read, and the way from offsets in it to lines and columns. */
export class SourceFile {
  readonly path: string;
  readonly text: string;
  readonly #lineStarts: number[] = [0];

  /**
   * @param path how messages name the file: relative to the working folder, with `/`
   * @param text the decoded text, without a byte order mark
   */
  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.#lineStarts.push(at + 1);
  }

  /** The place of an offset (UTF-16 units from the start of the text, clamped to it). */
  position(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#lineStarts[middle]! <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: clamped - this.#lineStarts[low]! + 1 };
  }

  /** The text of a line (from 1), without its line break. */
  line(number: number): string {
    const start = this.#lineStarts[number - 1] ?? this.text.length;
    const end = this.#lineStarts[number] ?? this.text.length + 1;
    const line = this.text.slice(start, end - 1);
    return line.endsWith("\r") ? line.slice(0, -1) : line;
  }
}
