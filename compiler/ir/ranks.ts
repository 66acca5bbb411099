import type { Place } from "../manifest/place.ts";
import type { Lowered } from "./combine.ts";
import type { Condition, Near, Search } from "./condition.ts";
import type { BodyContext } from "./context.ts";

const conditionOf = { distance: "near", relevance: "search" } as const;

type Rank = keyof typeof conditionOf;

/** Whether an order by this name, where no column has it, is by how well rows meet a condition. */
export const isRank = (name: string): name is Rank => Object.hasOwn(conditionOf, name);

/** How an order calls what it takes from a condition. */
export const rankName = ({ kind }: Near | Search): Rank => (kind === "near" ? "distance" : "relevance");

/**
 * The condition that `distance` or `relevance` speaks of: the one `near` or `search` that every row meets. Says where there is none, or
 * more than one.
 *
 * @param where undefined: it is wrong, which was said
 */
export function lowerRank(
  name: Rank,
  where: Lowered,
  place: Place,
  { report }: BodyContext,
): Near | Search | undefined {
  if (!where) return;
  const found = where === "absent" ? [] : required(where).filter(({ kind }) => kind === conditionOf[name]);
  if (found.length === 1) return found[0];
  return report("operation/rank", place, [name, conditionOf[name], found.length]);
}

/** The ranking conditions that have to hold, not those that are a choice among others. */
function required(condition: Condition): readonly (Near | Search)[] {
  if (condition.kind === "all") return condition.of.flatMap(required);
  return condition.kind === "near" || condition.kind === "search" ? [condition] : [];
}
