import type { Column, Default, Index, Relation, Table } from "../ir/table.ts";
import type { Value } from "../ir/type.ts";
import { constraintsText, valueText } from "../ir/valueText.ts";
import { enumId, linkTo, tableId } from "./anchors.ts";
import { type Html, html } from "./html.ts";

/** A table: its columns, and what holds between and over them. */
export function tableCard(table: Table): Html {
  const { name, description, columns, relations, indexes, checks, conditions, primaryKey, junctionOf } = table;
  return html`<article class="card" id="${tableId(name)}" data-name="${name}">
<h3><a href="${linkTo(tableId(name))}">${name}</a></h3>
${description !== undefined && html`<p>${description}</p>`}${junctionOf !== undefined && html`<p>Holds the links of <code>${junctionOf}</code>.</p>`}
<table class="fields"><thead><tr><th>Column</th><th>Type</th><th>Notes</th></tr></thead><tbody>
${[...columns.values()].map((column) => {
  const isKey = primaryKey.includes(column);
  const notes = [
    ...relationsBy(table, column).map((relation) => `leads to ${relation.to.name}`),
    ...(isKey ? ["primary key"] : column.unique ? ["unique"] : []),
    ...constraintsText(column.type),
    ...(column.default ? [defaultText(column.default)] : []),
    ...computedNotes(column),
    ...(column.version ? ["counted up by every update"] : []),
    ...(column.onUpdate ? ["set to now by every update"] : []),
  ];
  return html`<tr><td><code class="${isKey && "key"}">${column.name}</code></td><td>${typeHtml(column)}</td><td>${fieldNotes(notes, column.description)}</td></tr>
`;
})}</tbody></table>
${list("Relations", [...relations.values()].map(relationHtml))}
${list(
  "Unique together",
  table.uniqueKeys
    .filter((key) => key.length > 1 && key !== primaryKey)
    .map((key) => code(key.map((column) => column.name).join(", "))),
)}
${list("Indexes", indexes.map(indexHtml))}
${list(
  "Searched",
  table.searchable.map((column) => code(column.name)),
)}
${list(
  "Checks",
  checks.map((check) => html`<code>${check.name}</code>: <code>${check.sql}</code>`),
)}
${list(
  "Conditions",
  [...conditions.keys()].map((condition) => code(condition)),
)}
</article>
`;
}

function computedNotes({ computed, measured }: Column): string[] {
  if (computed?.kind === "expr") return [`computed: ${computed.sql}`];
  return computed && measured
    ? [`counts ${measured.relation.name}${measured.where ? ", of part of the rows" : ""}`]
    : [];
}

/** The relations that stand on a column. */
function relationsBy({ relations }: Table, column: Column): readonly Relation[] {
  return [...relations.values()].filter((relation) => relation.kind === "one" && relation.columns.includes(column));
}

/** Short notes in a row, then a description if there is one. */
export function fieldNotes(notes: readonly string[], description: string | undefined): Html {
  return html`${notes.join(" · ")}${description !== undefined && html`<span class="description">${description}</span>`}`;
}

/** A type, which leads to the enum where it is one. */
export function typeHtml(value: Value): Html {
  const { type } = value;
  const of =
    type.kind === "enum"
      ? type
      : type.kind === "array" && type.items.type.kind === "enum"
        ? type.items.type
        : undefined;
  const text = html`<code>${valueText(value, 40)}</code>`;
  return of ? html`<a href="${linkTo(enumId(of.enum.name))}">${text}</a>` : text;
}

function list(title: string, items: readonly Html[]): Html | false {
  return items.length > 0 && html`<h4>${title}</h4><ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

function code(text: string): Html {
  return html`<code>${text}</code>`;
}

function defaultText(value: Default): string {
  if (value.kind === "constant") return `default ${JSON.stringify(value.value)}`;
  const words = { now: "default now", uuid: "generated", nanoid: "generated (nanoid)", count: "counts up" };
  return words[value.kind];
}

function relationHtml(relation: Relation): Html {
  const { name, to, description } = relation;
  const target = html`<a href="${linkTo(tableId(to.name))}"><code>${to.name}</code></a>`;
  return html`<code>${name}</code>: ${relationWords(relation, target)}${description !== undefined && html`<span class="description">${description}</span>`}`;
}

function relationWords(relation: Relation, target: Html): Html {
  switch (relation.kind) {
    case "one": {
      const by = relation.columns.map((column) => column.name).join(", ");
      const goes = relation.onDelete === "restrict" ? "" : `; on delete ${relation.onDelete}`;
      return html`${relation.optional ? "at most one of" : "one of"} ${target} by <code>${by}</code>${goes}`;
    }
    case "hasOne":
      return html`at most one of ${target}, the other end of <code>${relation.inverse.name}</code>`;
    case "many":
      return html`many ${target}, the other end of <code>${relation.inverse.name}</code>`;
    case "manyToMany":
      return html`many ${target}, linked by <a href="${linkTo(tableId(relation.junction.name))}"><code>${relation.junction.name}</code></a>`;
  }
}

function indexHtml({ parts, unique, where }: Index): Html {
  const over = parts
    .map(({ on, descending }) => ("sql" in on ? on.sql : `${descending ? "-" : ""}${on.name}`))
    .join(", ");
  return html`<code>${over}</code>${unique && ", unique"}${where && ", over part of the rows"}`;
}
