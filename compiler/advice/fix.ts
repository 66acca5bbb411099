import type { Fix } from "../diagnostics/diagnostic.ts";
import type { OneRelation, Table } from "../ir/table.ts";
import type { Place } from "../manifest/place.ts";
import type { Span } from "../source/span.ts";
import { type Wish, written } from "./wish.ts";

/** Writes an index into the manifest, in the style of what stands there; undefined where the table does not stand there itself. */
export function indexFix(wish: Wish): Fix | undefined {
  const { table, relation } = wish;
  const edit = relation ? relationEdit(relation) : tableEdit(table, written(wish));
  const title = relation
    ? `give "${table.name}.${relation.name}" an index`
    : `add the index ${written(wish)} to "${table.name}"`;
  return edit && { title, edits: [edit] };
}

type Edit = Fix["edits"][number];

/** `index: true` behind `one`. */
function relationEdit({ place }: OneRelation): Edit | undefined {
  const flag = place.at("index");
  if (isThere(flag)) return { span: flag.span, text: "true" };
  return isThere(place.at("one")) ? entryBehind(place.at("one"), place, "index: true", "index: true") : undefined;
}

/** A further item of `indexes`, or `indexes` with it behind columns and relations. */
function tableEdit({ place }: Table, index: string): Edit | undefined {
  const indexes = place.at("indexes");
  if (isThere(indexes)) {
    const { span } = indexes;
    if (isFlow(span)) {
      const isEmpty = /^\[\s*\]$/.test(textOf(span));
      return { span: before(span.end - 1, span), text: isEmpty ? index : `, ${index}` };
    }
    return { span: lineEnd(span), text: `\n${indentOf(indexes.at(0).span)}- ${index}` };
  }
  const last = ["relations", "columns"].map((key) => place.at(key)).find(isThere);
  if (!last) return;
  const indent = indentOf(last.keySpan);
  return entryBehind(last, place, `indexes:\n${indent}  - ${index}`, `indexes: [${index}]`);
}

/** An entry of a map behind another one. */
function entryBehind(entry: Place, map: Place, block: string, flow: string): Edit {
  const { span } = entry;
  if (isFlow(map.span)) return { span: before(span.end, span), text: `, ${flow}` };
  return { span: lineEnd(span), text: `\n${indentOf(entry.keySpan)}${block}` };
}

/** A place without a node of its own shows that of the map around it. */
function isThere(place: Place): boolean {
  return textOf(place.keySpan).replaceAll(/["']/g, "") === place.key;
}

const textOf = ({ source, start, end }: Span): string => source.text.slice(start, end);

const isFlow = (span: Span): boolean => /^[[{]/.test(textOf(span));

const before = (at: number, { source }: Span): Span => ({ source, start: at, end: at });

/** The end of the last line of a node, behind a comment that stands there. */
function lineEnd(span: Span): Span {
  const end = span.source.text.indexOf("\n", span.end);
  return before(end === -1 ? span.source.text.length : end, span);
}

/** What the line of a node begins with, up to the node or its dash. */
function indentOf({ source, start }: Span): string {
  const line = source.text.slice(source.text.lastIndexOf("\n", start - 1) + 1, start);
  return /^\s*/.exec(line)![0];
}
