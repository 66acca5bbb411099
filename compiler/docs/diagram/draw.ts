import { type Html, html } from "../html.ts";
import type { Box, End, Graph, Line } from "./graph.ts";
import { BOX_WIDTH, HEAD, type Placed, place, ROW } from "./place.ts";
import { type Layout, type Point, route } from "./route.ts";

/**
 * The diagram as SVG, with boxes in so many columns. Colours come from the page's style; letters are all of one width, so that what
 * fits a box is known.
 *
 * @param anchor the link of a table's box
 */
export function drawDiagram(graph: Graph, columns: number, anchor: (table: string) => string): Html {
  const placed = place(graph, columns);
  const layout = route(graph, placed);
  const { width, height, routes } = layout;
  return html`<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Tables and their relations">
${graph.lines.map((line, index) => drawLine(line, routes[index]!))}
${graph.boxes.map((box, index) => drawBox(box, placed[index]!, layout, anchor))}
</svg>`;
}

function drawBox(
  { table, rows, hidden }: Box,
  { column, top, height }: Placed,
  { columns }: Layout,
  anchor: (table: string) => string,
) {
  const left = columns[column]!;
  const more = hidden === 1 ? "1 more column" : `${hidden} more columns`;
  return html`<a href="${anchor(table.name)}" class="box"><title>${table.name}</title>
<rect x="${left}" y="${top}" width="${BOX_WIDTH}" height="${height}" rx="8"/>
<path class="head" d="M${left} ${top + HEAD}v${8 - HEAD}q0 -8 8 -8h${BOX_WIDTH - 16}q8 0 8 8v${HEAD - 8}z"/>
<text class="name" x="${left + 12}" y="${top + 20}">${fitting(table.name, 26)}</text>
${rows.map(({ mark, name, note }, index) => {
  const y = top + HEAD + index * ROW + 16;
  const shown = fitting(note, 12);
  return html`${mark !== "" && html`<text class="mark" x="${left + 12}" y="${y}">${mark}</text>`}<text class="${mark === "PK" ? "key" : "column"}" x="${left + 32}" y="${y}">${fitting(name, 25 - [...shown].length)}</text><text class="note" x="${left + BOX_WIDTH - 12}" y="${y}">${shown}</text>
`;
})}${hidden > 0 && html`<text class="more" x="${left + 32}" y="${top + HEAD + rows.length * ROW + 16}">${more}</text>`}</a>
`;
}

/** A text of so many letters at most. */
function fitting(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("")}…`;
}

function drawLine({ from, to, title }: Line, points: readonly Point[]): Html {
  const [start, second] = points as [Point, Point];
  const [before, end] = points.slice(-2) as [Point, Point];
  return html`<g class="line"><title>${title}</title><path d="${rounded(points)}"/>${drawEnd(from, start, second)}${drawEnd(to, end, before)}</g>
`;
}

/** A crow's foot for many rows, a bar for one, and a ring before it where there may be none. */
function drawEnd({ count }: End, { x, y }: Point, towards: Point): Html {
  const away = towards.x < x ? -1 : 1;
  if (count === "many") return html`<path class="end" d="M${x} ${y - 5}L${x + 10 * away} ${y}L${x} ${y + 5}"/>`;
  const bar = html`<path class="end" d="M${x + 7 * away} ${y - 5}v10"/>`;
  return count === "one" ? bar : html`${bar}<circle class="end" cx="${x + 12 * away}" cy="${y}" r="3"/>`;
}

const RADIUS = 6;

/** A line through points, its corners round where there is room. */
function rounded(points: readonly Point[]): string {
  const bent = points.filter((point, index) => {
    const previous = points[index - 1];
    return !previous || previous.x !== point.x || previous.y !== point.y;
  });
  return bent
    .map((point, index) => {
      const [before, after] = [bent[index - 1], bent[index + 1]];
      if (!before) return `M${point.x} ${point.y}`;
      if (!after) return `L${point.x} ${point.y}`;
      const radius = Math.min(RADIUS, distance(before, point) / 2, distance(point, after) / 2);
      const [into, out] = [towards(point, before, radius), towards(point, after, radius)];
      return `L${into.x} ${into.y}Q${point.x} ${point.y} ${out.x} ${out.y}`;
    })
    .join("");
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

/** The point so far from one towards another; one of the two coordinates is theirs both. */
function towards({ x, y }: Point, to: Point, far: number): Point {
  return { x: x + Math.sign(to.x - x) * far, y: y + Math.sign(to.y - y) * far };
}
