import type { Case } from "../disagreement.ts";
import { randomManifest } from "./manifest.ts";
import { randomQuery } from "./query.ts";
import { Random } from "./random.ts";
import { randomRows } from "./rows.ts";
import { randomWrite } from "./write.ts";

/** The case of a seed: a manifest, rows, queries with a call of each, then writes. */
export function randomCase(seed: number): Case {
  const random = new Random(seed);
  const manifest = randomManifest(random);
  const rows = randomRows(random, manifest);
  const asked = random.times(4, 8, (index) => [`q${index}`, randomQuery(random, manifest, rows)] as const);
  const queries = Object.fromEntries(asked.map(([name, { query }]) => [name, query]));
  const written = random.times(0, 4, (index) => [`w${index}`, randomWrite(random, manifest, rows)] as const);
  const mutations = Object.fromEntries(written.map(([name, { mutation }]) => [name, mutation]));
  const calls = [...asked, ...written].map(([name, { call }]) => call(name));
  return { manifest: { ...manifest, queries, mutations }, rows, calls };
}
