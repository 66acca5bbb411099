import type { AuthSettings } from "../../ir/auth.ts";
import { pascalCase } from "../../ir/names.ts";
import type { Operation } from "../../ir/operation.ts";
import { withoutSecrets } from "../../ir/secrets.ts";
import type { Column } from "../../ir/table.ts";
import { callerReferences } from "./auth.ts";
import { type Choice, type Use, valueDefinitions, valueSchema } from "./columnValues.ts";
import { changeable, conditionSchema, writable } from "./conditions.ts";
import { type Definitions, mapOf, offer, ref, type Schema } from "./offer.ts";
import { argumentReferences } from "./references.ts";

/** What an operation does with its table. */
export const verbs = ["get", "list", "page", "aggregate", "insert", "update", "upsert", "delete"] as const;

type Verb = (typeof verbs)[number];

const reads: ReadonlySet<Verb> = new Set<Verb>(["get", "list", "page", "aggregate"]);

export const isRead = (verb: Verb): boolean => reads.has(verb);

/**
 * What an editor offers in an operation that is there already: its own arguments, where values of its table's columns stand. What hangs
 * on the table alone is offered by the verb.
 */
export function operationDefinitions(
  { name, args, body, auth: audience }: Operation,
  auth: AuthSettings | undefined,
): Definitions {
  if (body.kind === "handler" || body.kind === "sql" || body.kind === "steps") return {};
  const references = argumentReferences([...args.values()].filter(({ column }) => !column));
  // what anybody may call has nobody whose values could be written
  const known = [...references, ...(audience === "public" ? [] : callerReferences(auth))];
  if (known.length === 0) return {};
  const self = pascalCase(name);
  const table = "table" in body ? body.table : body.selection.table;
  const columns = [...withoutSecrets(table).columns.values()];
  const always = references.filter(({ mayBeAbsent }) => !mayBeAbsent);
  const all: Choice = { owner: self, references, literals: false };
  const met: Choice = { ...all, references: isRead(body.kind) ? references : always };
  const compared = valueDefinitions(columns, ["compare"], met);
  const given: Choice = { ...all, references: known };
  const written = valueDefinitions(columns, ["write", "change"], given);
  const values = { ...compared, ...written };
  const named = (of: readonly Column[], use: Use): Schema =>
    mapOf(
      of.map((column) => [column.name, column] as const),
      (column) => valueSchema(column, use, all, values),
    );
  const counts = offer(
    always.filter(({ type, nullable }) => type.kind === "integer" && !nullable).map(({ text }) => text),
  );
  const parts = {
    ...(body.kind !== "insert" && body.kind !== "upsert" && { where: ref(`${self}.condition`) }),
    ...((body.kind === "list" || (body.kind === "aggregate" && body.groupBy)) && { limit: counts, offset: counts }),
    ...((body.kind === "insert" || body.kind === "upsert") && { values: named(writable(table, auth), "write") }),
    ...((body.kind === "update" || body.kind === "upsert") && { set: named(changeable(table, auth), "change") }),
  };
  return {
    ...compared,
    ...("assignments" in body ? written : {}),
    [self]: { if: spokenOf(body.kind, table.name), then: { properties: parts } },
    [`${self}.condition`]: conditionSchema(`${self}.condition`, named(columns, "compare").properties as Schema),
  };
}

/**
 * Whether a map names this table behind this verb. A pattern and not `const`: while a name is typed, the language server takes every one
 * for equal that begins so, and would offer columns of `tasksArchive` for `tasks`.
 */
export function spokenOf(verb: Verb, table: string): Schema {
  return { properties: { [verb]: { type: "string", pattern: `^${table}$` } }, required: [verb] };
}
