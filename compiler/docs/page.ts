import type { App } from "../ir/app.ts";
import type { Enum } from "../ir/type.ts";
import { enumId, linkTo, operationId, tableId } from "./anchors.ts";
import { drawDiagram } from "./diagram/draw.ts";
import { graphOf } from "./diagram/graph.ts";
import { Html, html } from "./html.ts";
import { operationCard } from "./operations.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";
import { tableCard } from "./tables.ts";

/** The whole manifest as one page of HTML: nothing is loaded, and it reads without scripts. */
export function docsPage(app: App): string {
  const { name, description } = app;
  const sections = sectionsOf(app);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${name}</title>
<style>${new Html(style)}</style>
</head>
<body>
<nav aria-label="Contents">
<details open><summary>${name}</summary>
<input type="search" id="filter" placeholder="Filter" aria-label="Filter by name" hidden>
${sections.map(
  ({
    id,
    title,
    entries,
  }) => html`<h2><a href="${linkTo(id)}">${title}</a></h2><ul>${entries.map((entry) => html`<li data-name="${entry.name}"><a href="${linkTo(entry.id)}">${entry.name}</a></li>`)}</ul>
`,
)}</details>
</nav>
<main>
<header>
<h1>${name}</h1>
${description !== undefined && html`<p class="lead">${description}</p>`}
<p class="counts">${sections.filter(({ entries }) => entries.length > 0).map(({ title, entries }) => html`<span><b>${entries.length}</b> ${counted(title, entries.length)}</span> `)}</p>
</header>
${sections.map(
  ({ id, title, content }) => html`<section id="${id}"><h2>${title}</h2>
${content}</section>
`,
)}</main>
<script>${new Html(script)}</script>
</body>
</html>
`.text;
}

/** `Tables` of one: `table`. */
function counted(title: string, count: number): string {
  const plural = title.toLowerCase();
  return count > 1 ? plural : plural.replace(/ies$/, "y").replace(/s$/, "");
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly { readonly name: string; readonly id: string }[];
  readonly content: Html | readonly Html[];
}

function sectionsOf(app: App): readonly Section[] {
  const tables = [...app.tables.values()];
  const enums = [...app.enums.values()];
  const of = (kind: "query" | "mutation") =>
    [...app.operations.values()].filter((operation) => operation.kind === kind);
  const operations = (kind: "query" | "mutation", id: string, title: string): Section => ({
    id,
    title,
    entries: of(kind).map(({ name }) => ({ name, id: operationId(name) })),
    content: of(kind).map(operationCard),
  });
  const all: readonly Section[] = [
    { id: "diagram", title: "Diagram", entries: [], content: diagram(app) },
    {
      id: "tables",
      title: "Tables",
      entries: tables.map(({ name }) => ({ name, id: tableId(name) })),
      content: tables.map(tableCard),
    },
    {
      id: "enums",
      title: "Enums",
      entries: enums.map(({ name }) => ({ name, id: enumId(name) })),
      content: enums.map(enumCard),
    },
    operations("query", "queries", "Queries"),
    operations("mutation", "mutations", "Mutations"),
  ];
  return all.filter(({ id, entries }) => (id === "diagram" ? tables.length > 0 : entries.length > 0));
}

/** A narrow screen shows so many tables at once; more are folded away. */
const MOST_AT_ONCE = 12;

/** Twice: for a screen, and for a hand. */
function diagram(app: App): Html {
  const graph = graphOf(app);
  const count = graph.boxes.length;
  const columns = count > 24 ? 4 : count > 3 ? 3 : 2;
  const anchor = (table: string): string => linkTo(tableId(table));
  return html`<figure class="diagram wide">${drawDiagram(graph, columns, anchor)}</figure>
<details class="diagram narrow"${count <= MOST_AT_ONCE && new Html(" open")}><summary>${count} ${count === 1 ? "table" : "tables"}</summary>
${drawDiagram(graph, 1, anchor)}</details>
<p class="legend">A crow's foot stands at many rows, a bar at one; a ring says that there may be none.</p>`;
}

function enumCard({ name, members, description }: Enum): Html {
  return html`<article class="card" id="${enumId(name)}" data-name="${name}">
<h3><a href="${linkTo(enumId(name))}">${name}</a></h3>
${description !== undefined && html`<p>${description}</p>`}
<p class="members">${members.map((member) => html`<code>${member}</code> `)}</p>
</article>
`;
}
