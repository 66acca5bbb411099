import type { Graph } from "./graph.ts";

export const BOX_WIDTH = 228;
export const HEAD = 30;
export const ROW = 20;
/** between two boxes of a column: lines pass there */
export const GAP = 40;

/** Where a box stands: in which column, and from which height on. Columns get their places from left to right when lines are known. */
export interface Placed {
  readonly column: number;
  readonly top: number;
  readonly height: number;
}

function boxHeight(rows: number, hidden: number): number {
  return HEAD + (rows + (hidden > 0 ? 1 : 0)) * ROW + 8;
}

/**
 * Boxes in columns of about one height, related ones near one another: they are dealt out along the lines from the box with the
 * most, then two change places wherever that shortens the lines, until nothing is gained.
 *
 * @param columns how many, at most
 */
export function place({ boxes, lines }: Graph, columns: number): readonly Placed[] {
  const heights = boxes.map(({ rows, hidden }) => boxHeight(rows.length, hidden) + GAP);
  const pairs = lines.map(({ from, to }) => [from.box, to.box] as const).filter(([from, to]) => from !== to);
  const order = alongLines(boxes.length, pairs);
  const slots = deal(order, heights, columns);
  improve(slots, heights, pairs);
  return stack(slots, heights);
}

/** A box after its neighbours: breadth first, from the box with the most lines on. */
function alongLines(count: number, pairs: readonly (readonly [number, number])[]): number[] {
  const neighbours = Array.from({ length: count }, (_, box) =>
    pairs.flatMap(([from, to]) => (from === box ? [to] : to === box ? [from] : [])),
  );
  const byLines = [...neighbours.keys()].sort((a, b) => neighbours[b]!.length - neighbours[a]!.length || a - b);
  const order = new Set<number>();
  for (const start of byLines) {
    order.add(start);
    for (const box of order)
      if (box === start || neighbours[box]!.length > 0) for (const next of neighbours[box]!) order.add(next);
  }
  return [...order];
}

/** Fills column after column, each to its share of the height. */
function deal(order: readonly number[], heights: readonly number[], columns: number): number[][] {
  const share = heights.reduce((sum, height) => sum + height, 0) / columns;
  const slots: number[][] = Array.from({ length: columns }, () => []);
  let filled = 0;
  for (const box of order) {
    const column = Math.min(columns - 1, Math.floor((filled + heights[box]! / 2) / share));
    slots[column]!.push(box);
    filled += heights[box]!;
  }
  return slots.filter((column) => column.length > 0);
}

/** What a line over so many columns costs; lines inside one column have to go round. */
const STEP = 260;
const costs = [0.7, 0.8, 2.4, 4];

function cost(
  slots: readonly (readonly number[])[],
  heights: readonly number[],
  pairs: readonly (readonly [number, number])[],
) {
  const placed = stack(slots, heights);
  let sum = 0;
  for (const [from, to] of pairs) {
    const [a, b] = [placed[from]!, placed[to]!];
    sum += costs[Math.min(3, Math.abs(a.column - b.column))]! * STEP;
    sum += Math.abs(a.top + a.height / 2 - (b.top + b.height / 2));
  }
  return sum + Math.max(...slots.map((column) => column.reduce((total, box) => total + heights[box]!, 0))) * 2;
}

/** Changes places in the slots themselves. A large graph gets fewer rounds, so that none takes long. */
function improve(slots: number[][], heights: readonly number[], pairs: readonly (readonly [number, number])[]): void {
  const places = slots.flatMap((column, at) => column.map((_, row) => [at, row] as const));
  const rounds = Math.min(12, Math.ceil(3e7 / (places.length ** 2 * (places.length + pairs.length) + 1)));
  let best = cost(slots, heights, pairs);
  for (let round = 0, better = true; round < rounds && better; round++) {
    better = false;
    for (const [index, a] of places.entries()) {
      for (const b of places.slice(index + 1)) {
        swap(slots, a, b);
        const after = cost(slots, heights, pairs);
        if (after < best - 1) [best, better] = [after, true];
        else swap(slots, a, b);
      }
    }
  }
}

type Slot = readonly [column: number, row: number];

function swap(slots: number[][], [columnA, rowA]: Slot, [columnB, rowB]: Slot): void {
  const box = slots[columnA]![rowA]!;
  slots[columnA]![rowA] = slots[columnB]![rowB]!;
  slots[columnB]![rowB] = box;
}

/** Every column from the top; a shorter one starts lower, so that its middle is that of the others. */
function stack(slots: readonly (readonly number[])[], heights: readonly number[]): Placed[] {
  const totals = slots.map((column) => column.reduce((total, box) => total + heights[box]!, 0));
  const tallest = Math.max(...totals);
  const placed: Placed[] = [];
  for (const [column, boxes] of slots.entries()) {
    let top = GAP / 2 + Math.round((tallest - totals[column]!) / 2);
    for (const box of boxes) {
      placed[box] = { column, top, height: heights[box]! - GAP };
      top += heights[box]!;
    }
  }
  return placed;
}
