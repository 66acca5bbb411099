import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { SourceFile } from "../source/sourceFile.ts";

/** Room for two thousand tables, and little enough that the worst file is told in time. Several files may be as large. */
const MAX_MEGABYTES = 4;

/**
 * The text of a file, without a byte order mark, its lines ended by line feeds.
 *
 * @param path how messages name the file
 * @returns no source where the bytes are not UTF-8 or too many
 */
export function decode(path: string, bytes: Uint8Array): { source?: SourceFile; diagnostics: readonly Diagnostic[] } {
  if (bytes.length > MAX_MEGABYTES * 1_000_000) {
    const source = new SourceFile(path, "");
    return { diagnostics: [diagnostic("file/too-large", { source, start: 0, end: 0 }, [MAX_MEGABYTES])] };
  }
  if (isUtf16(bytes)) {
    const source = new SourceFile(path, "");
    return { diagnostics: [diagnostic("file/encoding", { source, start: 0, end: 0 }, ["UTF-16"])] };
  }
  const text = new TextDecoder().decode(bytes);
  const invalid = text.includes("\uFFFD") ? firstInvalid(bytes, text) : undefined;
  // lines and columns are the same, and so is what YAML makes of them
  if (invalid === undefined) return { source: new SourceFile(path, text.replaceAll("\r\n", "\n")), diagnostics: [] };
  const source = new SourceFile(path, text);
  const span = { source, start: invalid, end: invalid + 1 };
  return { diagnostics: [diagnostic("file/encoding", span, ["not UTF-8 (Latin-1, perhaps)"])] };
}

/** A byte order mark of UTF-16, or a zero beside the first letter. */
function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0;
}

/** Where in the text the first byte became U+FFFD that was not written so: the first place where encoding gives other bytes. */
function firstInvalid(bytes: Uint8Array, text: string): number | undefined {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = hasMark ? bytes.subarray(3) : bytes;
  const again = new TextEncoder().encode(text);
  const at = body.findIndex((byte, index) => byte !== again[index]);
  return at === -1 ? undefined : new TextDecoder().decode(body.subarray(0, at), { stream: true }).length;
}
