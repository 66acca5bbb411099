import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import { decode } from "../../compiler/manifest/decode.ts";
import type { ManifestDocument } from "../../compiler/manifest/document.ts";
import { parse } from "../../compiler/manifest/parse.ts";
import { SourceFile } from "../../compiler/source/sourceFile.ts";
import type { Span } from "../../compiler/source/span.ts";

/** A text without mistakes, parsed. */
export function document(text: string): ManifestDocument {
  const { document, diagnostics } = parse(new SourceFile("appflare.yaml", text));
  if (!document) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return document;
}

/** The text that a span covers. */
export function textOf({ source, start, end }: Span): string {
  return source.text.slice(start, end);
}

/** What is said of some bytes: `code line:column`. */
export function saidOf(bytes: string | Uint8Array): string[] {
  const decoded = decode("appflare.yaml", typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes);
  if (!decoded.source || decoded.diagnostics.length > 0) return decoded.diagnostics.map(inShort);
  return parse(decoded.source).diagnostics.map(inShort);
}

export function inShort({ code, span }: Diagnostic): string {
  const { line, column } = span.source.position(span.start);
  return `${code} ${line}:${column}`;
}
