import type { Place } from "../manifest/place.ts";
import { lowerAggregate } from "./aggregates.ts";
import type { Assignment } from "./assignment.ts";
import type { BodyContext } from "./context.ts";
import type { BodyOf, Told, Verb } from "./options.ts";
import { lowerGet, lowerList, lowerPage } from "./reads.ts";
import { onlyOptions } from "./selection.ts";
import { mayWrite } from "./signInWrites.ts";
import type { Table } from "./table.ts";
import { lowerUpsert } from "./upsert.ts";
import { lowerDelete, lowerInsert, lowerUpdate } from "./writes.ts";

const lowerings: { readonly [V in Verb]: (told: Told) => BodyOf<V> | undefined } = {
  get: lowerGet,
  list: lowerList,
  page: lowerPage,
  aggregate: lowerAggregate,
  insert: lowerInsert,
  update: lowerUpdate,
  upsert: lowerUpsert,
  delete: lowerDelete,
};

/** What a call may tell each verb; how many rows a page has, and from where, is said apart. */
const verbOptions: { readonly [V in Verb]: readonly string[] } = {
  get: ["select", "where", "with"],
  list: ["select", "where", "with", "orderBy", "limit", "offset", "distinct"],
  page: ["select", "where", "with", "orderBy", "bothWays", "total"],
  aggregate: ["select", "where", "groupBy", "having", "orderBy", "limit", "offset"],
  insert: ["values", "returns"],
  update: ["where", "all", "set", "expect", "returns"],
  upsert: ["conflict", "values", "set", "returns"],
  delete: ["where", "all", "expect", "cascades", "returns"],
};

/**
 * Lowers what a verb is told to do with a table: for an operation of the manifest, and inside a Worker for a call of `ctx.db`.
 * Says all that is wrong to `context.report` and returns undefined then.
 *
 * @param options of the manifest, or of the call: then a Date, a bigint and bytes are literals, and undefined is absence
 * @param place where the options stand
 * @param input what the operation's `input` writes
 */
export function lowerBody<V extends Verb>(
  verb: V,
  table: Table,
  options: Told["options"],
  place: Place,
  context: BodyContext,
  input: readonly Assignment[] | undefined,
): BodyOf<V> | undefined {
  if (!mayWrite(verb, table, place.at(verb), context)) return;
  const lowerVerb = lowerings[verb] as (told: Told) => BodyOf<V> | undefined;
  return lowerVerb({ table, options, place, context, input });
}

/** Lowers a call of `ctx.db`, whose options nobody has looked at yet. */
export function lowerCall<V extends Verb>(
  verb: V,
  table: Table,
  options: Told["options"],
  place: Place,
  context: BodyContext,
): BodyOf<V> | undefined {
  return onlyOptions(options, verbOptions[verb], verb, place, context)
    ? lowerBody(verb, table, options, place, context, [])
    : undefined;
}
