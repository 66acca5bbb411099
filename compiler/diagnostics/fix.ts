import type { Span } from "../source/span.ts";
import type { Fix } from "./diagnostic.ts";

/** Puts a text in the place of a scalar; quotes that stood around it stay. */
export function replacement(span: Span, text: string): Fix {
  const old = span.source.text.slice(span.start, span.end);
  const quote = /^(["']).*\1$/s.exec(old)?.[1];
  return change(span, quote ? quote + text + quote : text);
}

/** Puts a scalar in double quotes, so that YAML reads text. */
export function quoting(span: Span): Fix {
  return change(span, JSON.stringify(span.source.text.slice(span.start, span.end)));
}

/** Makes a value the one item of a list, or a text with `|` between names the list of these. */
export function listing(span: Span): Fix {
  const text = span.source.text.slice(span.start, span.end);
  return change(span, `[${/^[\w\s|]+$/.test(text) ? text.replace(/\s*\|\s*/g, ", ") : text}]`);
}

/** Puts a text in the place of whatever stands there. */
export function change(span: Span, text: string): Fix {
  const old = span.source.text.slice(span.start, span.end);
  return { title: `replace ${shortened(old)} with ${shortened(text)}`, edits: [{ span, text }] };
}

/** What stands on one line, and is not too long for it. */
function shortened(text: string): string {
  const line = text.replace(/\s*\n\s*/g, " ");
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
