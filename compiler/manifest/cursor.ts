import { Unusual } from "./scalar.ts";

/** A place in a text that is read line by line. */
export class Cursor {
  readonly text: string;
  at = 0;
  /** where the line's text begins; -1 behind the last line */
  column = 0;

  constructor(text: string) {
    this.text = `${text}\n`;
    this.#nextLine();
  }

  get character(): string {
    return this.text[this.at]!;
  }

  /** Whether the text goes on so; the pattern is sticky. */
  isAt(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  /** Takes what a sticky pattern finds here. */
  take(pattern: RegExp): string {
    if (!this.isAt(pattern)) throw new Unusual();
    const taken = this.text.slice(this.at, pattern.lastIndex);
    this.at = pattern.lastIndex;
    return taken;
  }

  /** What is left of the line, its comment too. */
  restOfLine(): string {
    return this.text.slice(this.at, this.text.indexOf("\n", this.at));
  }

  /** Skips spaces; true where nothing but a comment follows on the line. */
  isLineOver(): boolean {
    this.#skipSpaces();
    return this.character === "\n" || (this.character === "#" && this.text[this.at - 1] === " ");
  }

  /** From behind all that the line has to the text of the next line that has one. */
  endLine(): void {
    if (!this.isLineOver()) throw new Unusual();
    this.at = this.text.indexOf("\n", this.at) + 1;
    this.#nextLine();
  }

  #nextLine(): void {
    while (this.at < this.text.length) {
      const start = this.at;
      this.#skipSpaces();
      if (this.character !== "\n" && this.character !== "#") {
        this.column = this.at - start;
        return;
      }
      this.at = this.text.indexOf("\n", this.at) + 1;
    }
    this.column = -1;
  }

  #skipSpaces(): void {
    while (this.character === " ") this.at += 1;
  }
}
