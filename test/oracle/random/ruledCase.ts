import type { Case } from "../disagreement.ts";
import { foreignKeysOf } from "../foreignKeys.ts";
import { type Json, type Manifest, mapEntries, tablesOf } from "../manifest.ts";
import { withoutUsers } from "../users.ts";
import { randomQuery } from "./query.ts";
import { Random } from "./random.ts";
import { randomRows } from "./rows.ts";
import { randomUsers, ruledManifest } from "./rules.ts";
import { randomSteps, randomWrite } from "./write.ts";

/** The case of a seed: a manifest with sign-in and rules, rows, queries and writes, each called by somebody or nobody. */
export function ruledCase(seed: number): Case {
  const random = new Random(seed);
  const manifest = ruledManifest(random);
  const rows = mapEntries(randomRows(random, manifest, { users: randomUsers(random, manifest) }), (own, table) =>
    // of few teams, so that there are some of each
    manifest.tables[table]?.tenant ? own.map((row) => ({ ...row, team: random.pick([1, 1, 2]) })) : own,
  );
  const anyTenant = tablesOf(manifest).some((table) => manifest.tables[table]?.tenant);
  const audience = () => {
    const auth = random.pick(anyTenant ? ["user"] : ["user", "user", "public"]);
    if (random.chance(0.1)) return { auth, as: "system", because: "It is a test." };
    return auth === "user" && random.chance(0.15) ? { auth: random.pick([["admin"], ["staff", "admin"]]) } : { auth };
  };
  const asking = ({ auth }: Json): string | null => {
    if (Array.isArray(auth)) return random.chance(0.5) ? "cy" : auth.includes("staff") ? "bob" : "cy";
    return random.pick(auth === "public" ? ["ann", "cy", null, null] : ["ann", "bob", "cy", "a"]);
  };
  const asked = random.times(4, 7, (index) => {
    const who = audience();
    const { query, call } = randomQuery(random, manifest, rows, 0.15);
    return { name: `q${index}`, operation: { ...who, ...query }, call: { ...call(`q${index}`), as: asking(who) } };
  });
  const written = random.times(1, 5, (index) => {
    const who = audience();
    const make = random.chance(0.3) ? randomSteps : randomWrite;
    const { mutation, call } = make(random, manifest, rows, {
      caller: 0.1,
      links: 0.4,
      isSignedIn: who.auth !== "public",
      isSystem: "as" in who,
    });
    const told = (write: Json) => ({ ...write, ...cascades(manifest, write, "as" in who) });
    const steps = mutation.steps && { steps: mapEntries(mutation.steps as { [name: string]: Json }, told) };
    const operation = { ...who, ...told(mutation), ...steps };
    return { name: `w${index}`, operation, call: { ...call(`w${index}`), as: asking(who) } };
  });
  const named = (of: readonly { readonly name: string; readonly operation: Json }[]) =>
    Object.fromEntries(of.map(({ name, operation }) => [name, operation]));
  return {
    manifest: { ...withoutUsers(manifest), queries: named(asked), mutations: named(written) },
    rows,
    calls: [...asked, ...written].map(({ call }) => call),
  };
}

/** "A delete that takes rows of a table with delete rules along must say so." */
function cascades(manifest: Manifest, mutation: Json, isSystem: boolean): Json {
  if (!mutation.delete || isSystem) return {};
  const reached = new Set<string>();
  const follow = (table: string): void => {
    for (const other of tablesOf(manifest))
      for (const { to, onDelete } of foreignKeysOf(manifest, other)) {
        if (to !== table || onDelete !== "cascade" || reached.has(other)) continue;
        reached.add(other);
        follow(other);
      }
  };
  follow(mutation.delete);
  const named = [...reached].filter((table) => manifest.tables[table]?.rules);
  return named.length > 0 ? { cascades: named } : {};
}
