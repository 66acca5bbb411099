import type { App } from "../../ir/app.ts";
import { type Definitions, offer, ref, type Schema } from "./offer.ts";
import { spokenOf } from "./operations.ts";

/** What is offered in a step once it says its table: parts of the verb's own layer, those that a step takes. */
const parts = {
  insert: ["values"],
  update: ["set"],
  upsert: ["values", "set"],
  delete: [],
  get: [],
} as const;

type StepVerb = keyof typeof parts;

/** The language's steps, and what runs after a mutation, with the names of a project. */
export function stepsWithNames(base: Definitions, { tables, operations }: App): Definitions {
  const steps = (Object.keys(parts) as StepVerb[]).map((verb) => {
    const allOf = Array.from(tables.keys(), (of) => ({ if: spokenOf(verb, of), then: partsOf(verb, of) }));
    return [`${verb}Step`, { ...base[`${verb}Step`], allOf }] as const;
  });
  const mutations = [...operations.values()].filter(({ kind }) => kind === "mutation").map(({ name }) => name);
  const { properties, ...after } = base["after"] as { readonly properties: Definitions };
  const { $ref: _, ...run } = properties["run"]!;
  return {
    ...Object.fromEntries(steps),
    after: { ...after, properties: { ...properties, run: { ...run, type: "string", ...offer(mutations) } } },
  };
}

function partsOf(verb: StepVerb, table: string): Schema {
  const where = verb === "insert" || verb === "upsert" ? {} : { where: ref(`${table}.condition`) };
  const written = parts[verb].map((part) => [part, ref(`${table}.${part}`)] as const);
  return { properties: { ...where, ...Object.fromEntries(written) } };
}
