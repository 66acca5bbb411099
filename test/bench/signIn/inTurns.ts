import type { Host } from "../host.ts";
import { type Call, load } from "../load.ts";
import { formatSpread, spread } from "../statistics.ts";

const ROUNDS = Number(process.env["ROUNDS"] ?? 9);
const COUNT = Number(process.env["COUNT"] ?? 500);
const CONCURRENCY = 8;

/** Where calls go, and what they are. */
export interface Side {
  readonly host: Host;
  readonly call: (index: number) => Call;
}

/** Requests per second and CPU microseconds of workerd a request, for each round. */
export interface Figures {
  readonly rates: number[];
  readonly cpu: number[];
}

/** Sides take turns in every round; who goes first changes from round to round. The first round is not counted. */
export async function inTurns(sides: readonly Side[]): Promise<Figures[]> {
  const figures = sides.map((): Figures => ({ rates: [], cpu: [] }));
  for (let round = -1; round < ROUNDS; round += 1)
    for (let turn = 0; turn < sides.length; turn += 1) {
      const at = (turn + round + sides.length) % sides.length;
      const { host, call } = sides[at]!;
      const before = host.cpuSeconds();
      const seconds = await load(host.url, COUNT, CONCURRENCY, (index) => call(index + (round + 1) * COUNT));
      if (round < 0) continue;
      figures[at]!.rates.push(COUNT / seconds);
      figures[at]!.cpu.push(((host.cpuSeconds() - before) / COUNT) * 1e6);
    }
  return figures;
}

/** The cells of a row: the first side in figures, every other one as a ratio to it in the same round. */
export function cellsOf(figures: readonly Figures[]): string[] {
  const [base, ...others] = figures as [Figures, ...Figures[]];
  const ratio = (of: keyof Figures) =>
    others.map((other) => formatSpread(spread(other[of].map((value, round) => value / base[of][round]!))));
  return [spread(base.rates).median.toFixed(0), ...ratio("rates"), spread(base.cpu).median.toFixed(0), ...ratio("cpu")];
}
