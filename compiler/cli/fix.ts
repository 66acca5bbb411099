import { resolve } from "node:path";
import { check } from "../compile.ts";
import { applyFixes } from "../diagnostics/applyFixes.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { type JsonRange, rangeOf } from "../diagnostics/json.ts";
import { writeWhole } from "../write/whole.ts";
import { CommandError } from "./command.ts";
import { type Project, readBytes } from "./project.ts";

/** What was mended: the code and place of the mistake, in the text as it then was, and what was done. */
export interface Fixed extends JsonRange {
  readonly code: string;
  readonly title: string;
}

/** A fix may bring the next mistake to light; this many in a row are enough for any manifest that a person wrote. */
const MAX_ROUNDS = 20;

/**
 * Applies the fixes that diagnostics carry to the files of a manifest, again and again until none is left. Every file is written whole, when
 * all fixes are found; comments and layout stay.
 *
 * @throws CommandError when a file cannot be written, or was changed meanwhile: then none is written
 */
export function fixProject({ entry, cwd }: Project): readonly Fixed[] {
  const found = new Map<string, Uint8Array>();
  let texts: ReadonlyMap<string, string> = new Map();
  const read = (path: string): Uint8Array | undefined => {
    const text = texts.get(path);
    if (text !== undefined) return new TextEncoder().encode(text);
    const bytes = readBytes(resolve(cwd, path));
    if (bytes) found.set(path, bytes);
    return bytes;
  };
  const fixed: Fixed[] = [];
  let diagnostics = check(entry, read).diagnostics;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = texts;
    const { texts: changed, mended } = applyFixes(diagnostics);
    if (mended.length === 0) break;
    texts = new Map([...texts, ...Array.from(changed, ([{ path }, text]) => [path, text] as const)]);
    const next = check(entry, read).diagnostics;
    if (isBroken(next) && !isBroken(diagnostics)) {
      texts = before;
      break;
    }
    fixed.push(...mended.map(({ code, span, fix }) => ({ code, title: fix!.title, ...rangeOf(span) })));
    diagnostics = next;
  }
  writeAll(texts, found, cwd);
  return fixed;
}

/** Whether a file is no YAML: no fix may lead there. */
const isBroken = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ code }) => code.startsWith("yaml/"));

function writeAll(texts: ReadonlyMap<string, string>, found: ReadonlyMap<string, Uint8Array>, cwd: string): void {
  for (const path of texts.keys()) {
    if (Buffer.compare(found.get(path)!, readBytes(resolve(cwd, path)) ?? new Uint8Array()) !== 0)
      throw new CommandError(`${path} was changed while it was mended; nothing was written.`);
  }
  for (const [path, text] of texts) {
    try {
      writeWhole(resolve(cwd, path), encodedLike(found.get(path)!, text));
    } catch (error) {
      throw new CommandError(`${path} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
    }
  }
}

/** What reading takes away is put back: a byte order mark, and the line ends of another system. */
function encodedLike(bytes: Uint8Array, text: string): string {
  const lines = Buffer.from(bytes).includes("\r\n") ? text.replaceAll("\n", "\r\n") : text;
  return bytes[0] === 0xef ? `\uFEFF${lines}` : lines;
}
