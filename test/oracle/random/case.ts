import type { Case } from "../disagreement.ts";
import { randomManifest } from "./manifest.ts";
import { randomQuery } from "./query.ts";
import { Random } from "./random.ts";
import { randomRows } from "./rows.ts";

/** The case of a seed: a manifest, rows, and queries with a call of each. */
export function randomCase(seed: number): Case {
  const random = new Random(seed);
  const manifest = randomManifest(random);
  const rows = randomRows(random, manifest);
  const asked = random.times(4, 8, (index) => [`q${index}`, randomQuery(random, manifest, rows)] as const);
  const queries = Object.fromEntries(asked.map(([name, { query }]) => [name, query]));
  return { manifest: { ...manifest, queries }, rows, calls: asked.map(([name, { call }]) => call(name)) };
}
