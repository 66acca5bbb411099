import type { End, Graph } from "./graph.ts";
import { HEAD, type Placed, ROW } from "./place.ts";

/** between lines that meet at one row, and the room that they have */
const APART = 7;
const ROOM = 14;

/** Where a line meets a box. */
export interface Port {
  readonly column: number;
  readonly y: number;
}

/**
 * The heights at which each line meets its boxes. Lines that meet at one row are set apart, as far as there is room: at the
 * first row the box's head gives more.
 */
export function portsOf(
  lines: Graph["lines"],
  placed: readonly Placed[],
  columns: number,
): readonly { readonly from: Port; readonly to: Port }[] {
  const ends = lines.flatMap(({ from, to }) => [
    { end: from, far: placed[to.box]! },
    { end: to, far: placed[from.box]! },
  ]);
  const rows = new Map<string, typeof ends>();
  for (const each of ends) {
    const side = leavesRight(placed[each.end.box]!, each.far, columns);
    const key = `${each.end.box} ${each.end.row} ${side}`;
    rows.set(key, [...(rows.get(key) ?? []), each]);
  }
  const offsets = new Map<End, number>();
  for (const row of rows.values()) {
    const byHeight = row.sort((a, b) => middle(a.far) - middle(b.far));
    const room = ROOM + (byHeight[0]!.end.row === 0 ? HEAD - APART : 0);
    const apart = Math.min(APART, room / Math.max(1, byHeight.length - 1));
    const lowest = Math.min(APART, ((byHeight.length - 1) * apart) / 2);
    for (const [index, { end }] of byHeight.entries()) offsets.set(end, lowest - (byHeight.length - 1 - index) * apart);
  }
  const port = (end: End): Port => ({ column: placed[end.box]!.column, y: heightOf(end, placed) + offsets.get(end)! });
  return lines.map(({ from, to }) => ({ from: port(from), to: port(to) }));
}

/** On which side a line leaves a box. Between boxes of one column it goes round on the right, beside the last column on the left. */
export function leavesRight(
  { column }: { readonly column: number },
  far: { readonly column: number },
  columns: number,
): boolean {
  return column === far.column ? column < columns - 1 || columns === 1 : column < far.column;
}

function middle({ top, height }: Placed): number {
  return top + height / 2;
}

function heightOf({ box, row }: End, placed: readonly Placed[]): number {
  return placed[box]!.top + (row === undefined ? HEAD / 2 : HEAD + row * ROW + ROW / 2 + 2);
}
