import type { Graph } from "./graph.ts";
import { BOX_WIDTH, GAP, type Placed } from "./place.ts";
import { leavesRight, type Port, portsOf } from "./ports.ts";

/*
 * Lines run at right angles: up and down in the gutters between the columns, each on a track of its own, and through a column
 * only where there is a gap between two boxes. So no line runs behind a box.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** left edge of each column */
  readonly columns: readonly number[];
  /** for each line of the graph */
  readonly routes: readonly (readonly Point[])[];
}

/** A part of a line that runs up or down in a gutter; gutter 0 lies left of the first column. */
interface Run {
  readonly gutter: number;
  readonly from: number;
  readonly to: number;
}

/** between a box and the first track, where the ends of lines are drawn */
const EDGE = 26;
/** between two tracks */
const TRACK = 9;
/** at the sides of the picture */
const MARGIN = 4;

export function route({ lines }: Graph, placed: readonly Placed[]): Layout {
  const columns = Math.max(...placed.map(({ column }) => column)) + 1;
  const gaps = gapsOf(placed, columns);
  const ports = portsOf(lines, placed, columns);
  const runs = ports.map(({ from, to }) => runsOf(from, to, columns, gaps));
  const tracks = tracksOf(runs.flat(), columns + 1);
  const { width, lefts, firsts } = acrossGutters(tracks.counts);
  const xOf = (run: Run): number => firsts[run.gutter]! + tracks.of.get(run)! * TRACK;
  return {
    width,
    height: Math.max(...placed.map(({ top, height }) => top + height)) + GAP / 2,
    columns: lefts,
    routes: ports.map(({ from, to }, index) => pointsOf(runs[index]!, from, to, lefts, xOf)),
  };
}

/** From left to right: where the columns begin, and the first track of each gutter. */
function acrossGutters(counts: readonly number[]) {
  const lefts: number[] = [];
  const firsts: number[] = [];
  const last = counts.length - 1;
  let x = 0;
  for (const [gutter, tracks] of counts.entries()) {
    const beside = tracks > 0 || (gutter > 0 && gutter < last) ? EDGE : 0;
    firsts.push(x + (gutter === 0 ? MARGIN : beside));
    x = firsts.at(-1)! + Math.max(0, tracks - 1) * TRACK + (gutter === last ? MARGIN : beside);
    if (gutter < last) lefts.push(x);
    if (gutter < last) x += BOX_WIDTH;
  }
  return { width: x, lefts, firsts };
}

/** Heights between boxes where lines may cross a column, and how many do so already. */
type Gaps = readonly { readonly y: number; used: number }[][];

function gapsOf(placed: readonly Placed[], columns: number): Gaps {
  const bottom = Math.max(...placed.map(({ top, height }) => top + height));
  return Array.from({ length: columns }, (_, column) => {
    const boxes = placed.filter((box) => box.column === column).sort((a, b) => a.top - b.top);
    const below = boxes.map(({ top, height }) => top + height + GAP / 2);
    const first = (boxes[0]?.top ?? bottom) - GAP / 2;
    return [first, ...below].map((y) => ({ y, used: 0 }));
  });
}

/** The way from one box to another: one run in each gutter between them, or one beside a column that both stand in. */
function runsOf(from: Port, to: Port, columns: number, gaps: Gaps): Run[] {
  const right = leavesRight(from, to, columns);
  if (from.column === to.column) return [{ gutter: right ? from.column + 1 : from.column, from: from.y, to: to.y }];
  const between = Array.from({ length: Math.abs(to.column - from.column) - 1 }, (_, index) =>
    right ? from.column + 1 + index : from.column - 1 - index,
  );
  const runs: Run[] = [];
  let y = from.y;
  for (const column of between) {
    const crossing = nearestGap(gaps[column]!, y, to.y);
    runs.push({ gutter: right ? column : column + 1, from: y, to: crossing });
    y = crossing;
  }
  runs.push({ gutter: right ? to.column : to.column + 1, from: y, to: to.y });
  return runs;
}

function nearestGap(gaps: Gaps[number], from: number, to: number): number {
  const detour = (y: number): number => Math.abs(y - from) + Math.abs(y - to);
  const free = gaps.filter(({ used }) => used < 5);
  const gap = (free.length > 0 ? free : gaps).reduce((best, each) => (detour(each.y) < detour(best.y) ? each : best));
  const offset = [0, -6, 6, -12, 12][gap.used % 5]!;
  gap.used += 1;
  return gap.y + offset;
}

/** Runs of a gutter that would lie on one another get tracks side by side: each the first that is free at its heights. */
function tracksOf(runs: readonly Run[], gutters: number) {
  const of = new Map<Run, number>();
  const counts = Array.from({ length: gutters }, (_, gutter) => {
    const ends: number[] = [];
    const own = runs.filter((run) => run.gutter === gutter);
    for (const run of own.sort((a, b) => Math.min(a.from, a.to) - Math.min(b.from, b.to))) {
      const start = Math.min(run.from, run.to);
      const free = ends.findIndex((end) => end + 10 < start);
      const track = free < 0 ? ends.length : free;
      ends[track] = Math.max(run.from, run.to);
      of.set(run, track);
    }
    return ends.length;
  });
  return { of, counts };
}

function pointsOf(
  runs: readonly Run[],
  from: Port,
  to: Port,
  lefts: readonly number[],
  xOf: (run: Run) => number,
): Point[] {
  const side = ({ column }: Port, run: Run): number => lefts[column]! + (run.gutter > column ? BOX_WIDTH : 0);
  const points: Point[] = [{ x: side(from, runs[0]!), y: from.y }];
  for (const run of runs) points.push({ x: xOf(run), y: run.from }, { x: xOf(run), y: run.to });
  points.push({ x: side(to, runs.at(-1)!), y: to.y });
  return points;
}
