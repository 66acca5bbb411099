import type { OperationManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import type { RateLimitManifest } from "../manifest/settingsManifest.ts";
import type { Lowering } from "./draft.ts";
import type { Operation } from "./operation.ts";
import { PLATFORM_PERIODS, type RateLimit } from "./rateLimit.ts";

/** The declared limits. Those are told that nothing counts towards, and a default that there is not. */
export function lowerRateLimits(lowering: Lowering): void {
  const { report, manifest, rateLimits } = lowering;
  for (const [name, { value, place }] of manifest.limits)
    rateLimits.set(name, lowerRateLimit(lowering, name, value, place));
  const standard = manifest.defaults?.value.rateLimit;
  if (standard !== undefined) declaredLimit(lowering, standard, manifest.defaults!.place.at("rateLimit"));
  const operations = [...manifest.queries.values(), ...manifest.mutations.values()];
  const used = new Set([standard, ...operations.map(({ value }) => value.rateLimit)]);
  for (const [name, { place }] of manifest.limits)
    if (!used.has(name)) report("limit/unused", place, [name], { at: "key", severity: "warning" });
}

/** The limit of an operation: one of its own, a declared one by its name, or that of `defaults`. */
export function rateLimitOf(
  lowering: Lowering,
  { kind, name }: Pick<Operation, "kind" | "name">,
  { rateLimit }: OperationManifest,
  place: Place,
): RateLimit | undefined {
  if (rateLimit === false) return undefined;
  if (rateLimit === undefined) return lowering.rateLimits.get(lowering.manifest.defaults?.value.rateLimit ?? "");
  const at = place.at("rateLimit");
  if (typeof rateLimit === "string") return declaredLimit(lowering, rateLimit, at);
  return lowerRateLimit(lowering, `${kind === "query" ? "queries" : "mutations"}/${name}`, rateLimit, at);
}

function declaredLimit({ report, rateLimits }: Lowering, name: string, place: Place): RateLimit | undefined {
  const known = rateLimits.get(name);
  if (known) return known;
  const isName = /^[a-z]\w*$/i.test(name);
  const hint = "A limit of an operation's own is a map: `{ requests: 30, seconds: 60 }`.";
  return report("reference/unknown-limit", place, [name], isName ? { suggest: [name, rateLimits.keys()] } : { hint });
}

function lowerRateLimit(
  { report, manifest }: Lowering,
  name: string,
  { requests, seconds, by, exact }: RateLimitManifest,
  place: Place,
): RateLimit {
  if (!exact && !PLATFORM_PERIODS.includes(seconds)) {
    const wrap = { title: "count exactly", before: "", after: `${separatorIn(place)}exact: true` };
    report("limit/period", place.at("seconds"), [seconds], exact === undefined ? { wrap } : {});
  }
  if (by === "user" && !manifest.auth) report("limit/nobody", place.at("by"), [], { replace: "address" });
  const wrangler = manifest.worker?.value.wrangler;
  // wrangler takes one way to say which objects there are, and the one that is generated is the newer
  if (exact && wrangler && "migrations" in wrangler) {
    const related = [
      { message: "The migrations stand here.", place: manifest.worker!.place.at("wrangler").at("migrations") },
    ];
    report("limit/migrations", place.at("exact"), [], { related });
  }
  return { name, requests, seconds, by: by ?? (manifest.auth ? "user" : "address"), ...(exact && { exact }), place };
}

/** What stands between two entries of the map at a place: a comma, or a line break and the indent of its entries. */
function separatorIn({ span: { source, start } }: Place): string {
  if (source.text[start] === "{") return ", ";
  const lineStart = source.text.lastIndexOf("\n", start - 1) + 1;
  return `\n${" ".repeat(start - lineStart)}`;
}
