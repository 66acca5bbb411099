import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { SourceFile } from "../source/sourceFile.ts";
import { syntaxProblem } from "./syntax.ts";
import { at } from "./tree.ts";

export const MAX_DEPTH = 64;

/** A token of YAML's concrete syntax, as far as it matters here; `start` of a collection's items stays unread. */
interface Token {
  readonly type: string;
  readonly offset: number;
  readonly source?: string;
  readonly message?: string;
  /** of a document */
  readonly value?: Token;
  /** of a collection */
  readonly items?: readonly { readonly key?: Token | null; readonly value?: Token }[];
}

/** What can be refused before nodes are made: nodes are made recursively, tokens are not. */
export function refuseStream(source: SourceFile, tokens: readonly Token[]): Diagnostic | undefined {
  const directive = tokens.find((token) => token.type === "directive");
  const written = directive?.source ?? "";
  if (directive && !/^%YAML[ \t]+1\.2[ \t]*$/.test(written)) {
    const span = { source, start: directive.offset, end: directive.offset + written.length };
    return diagnostic("yaml/version", span, [written]);
  }
  const [first, second] = tokens.filter((token) => token.type === "document");
  if (second) {
    return diagnostic("yaml/several-documents", { source, start: second.offset, end: second.offset + 3 }, []);
  }
  if (first) {
    const deep = first.value && tooDeep(first.value);
    return deep && diagnostic("yaml/depth", at(source, deep.offset), [MAX_DEPTH]);
  }
  const stray = tokens.find((token) => token.type === "error");
  if (stray) return diagnostic("yaml/syntax", at(source, stray.offset), [syntaxProblem("", stray.message ?? "")]);
  return diagnostic("yaml/empty", at(source, 0), []);
}

/** The first collection that is nested deeper than the limit. */
function tooDeep(root: Token): Token | undefined {
  let level: Token[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === MAX_DEPTH) return level.find(({ items }) => items);
    level = level
      .flatMap(({ items = [] }) => items)
      .flatMap(({ key, value }) => [key, value])
      .filter((inner) => inner != null);
  }
  return undefined;
}
