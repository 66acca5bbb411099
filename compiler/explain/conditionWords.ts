import { conditionText } from "../diff/conditionText.ts";
import type { Condition } from "../ir/condition.ts";
import { heldBy, type Person } from "../ir/heldBy.ts";
import type { Column, Relation, RuleVerb, Table } from "../ir/table.ts";

const past: { readonly [verb in RuleVerb]: string } = {
  read: "read",
  create: "created",
  update: "updated",
  delete: "deleted",
};

/**
 * A condition of rules as somebody meets it: `isAuthor (authorId = $user.id) or team (…)`. Names are those of the manifest; what holds for
 * all rows, or for none of them, is not told.
 */
export function conditionWords(condition: Condition, table: Table, person: Person): string {
  const name = nameOf(condition, table);
  const words = plainWords(condition, table, person);
  return name === undefined ? words : `${name} (${words})`;
}

function plainWords(condition: Condition, table: Table, person: Person): string {
  const held = heldBy(condition, person);
  if (held !== undefined) return held ? "any row" : "no row";
  switch (condition.kind) {
    case "all":
    case "any": {
      const isAll = condition.kind === "all";
      const open = condition.of.filter((part) => heldBy(part, person) === undefined);
      const parts = open.map((part) => {
        const words = conditionWords(part, table, person);
        return open.length > 1 && isList(part) && nameOf(part, table) === undefined ? `(${words})` : words;
      });
      return parts.join(isAll ? " and " : " or ");
    }
    case "not":
      return `not (${conditionWords(condition.of, table, person)})`;
    case "related": {
      const { relation, quantifier, of } = condition;
      const isOne = relation.kind === "one" || relation.kind === "hasOne";
      const which = isOne && quantifier === "some" ? relation.name : `${quantifier} of ${relation.name}`;
      if (!of) return isOne ? `there is a ${relation.name}` : `there are ${relation.name}`;
      if (of.kind === "may") return `${which} may be ${past[of.verb]}`;
      return `${which}: ${wrapped(conditionWords(of, relation.to, person))}`;
    }
    case "may":
      return `may be ${past[condition.verb]}`;
    default:
      return conditionText(condition, named);
  }
}

const named = (thing: Column | Relation): string => thing.name;

const isList = ({ kind }: Condition): boolean => kind === "all" || kind === "any";

/** Several words behind a relation are held together. */
function wrapped(words: string): string {
  return / and | or /.test(words) && !/^\w+ \(.*\)$/.test(words) ? `(${words})` : words;
}

/** A named condition stands where it is used as it is. */
function nameOf(condition: Condition, { conditions }: Table): string | undefined {
  for (const [name, known] of conditions) if (known === condition) return name;
  return undefined;
}
