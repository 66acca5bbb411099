import type { Audience } from "../ir/operation.ts";
import type { Rule } from "./rule.ts";

/** What runs after a mutation runs as its caller, and would be refused where that one may not call it. */
export const followers: Rule = ({ auth, operations }, report) => {
  const roles = auth?.roles ?? [];
  for (const { name, auth: callers, after } of operations.values()) {
    const follower = after && operations.get(after.run);
    if (!follower || isWithin(callers, follower.auth, roles)) continue;
    report("after/audience", after.place.at("run"), [follower.name, name, wordsOf(callers), wordsOf(follower.auth)], {
      hint: `Say "auth: ${written(callers)}" on "${follower.name}"; "as: system" lets it do what its callers may not.`,
      related: [{ message: `"${follower.name}" is declared here.`, place: follower.place }],
    });
  }
};

/** Whether whoever is one of these is one of those. */
function isWithin(these: Audience, those: Audience, roles: readonly string[]): boolean {
  if (those === "public") return true;
  if (these === "public") return false;
  if (those === "user") return true;
  return (these === "user" ? roles : these).every((role) => those.includes(role));
}

const written = (audience: Audience): string =>
  typeof audience === "string" ? audience : audience.length === 1 ? audience[0]! : `[${audience.join(", ")}]`;

function wordsOf(audience: Audience): string {
  if (audience === "public") return "everybody";
  return audience === "user" ? "whoever is signed in" : audience.join(" and ");
}
