import type { Place } from "../manifest/place.ts";
import type { Assignment } from "./assignment.ts";
import type { Lowered } from "./combine.ts";
import type { Condition } from "./condition.ts";
import { lowerCondition } from "./conditions.ts";
import type { BodyContext } from "./context.ts";
import type { Body } from "./operation.ts";
import type { Scope } from "./scopes.ts";
import type { Table } from "./table.ts";

/** What a verb is told, by the manifest or by a handler's call. */
export interface Told {
  readonly table: Table;
  readonly options: { readonly [option: string]: unknown };
  /** where the options stand */
  readonly place: Place;
  readonly context: BodyContext;
  /** what `input` writes; undefined where something in it is wrong, which was said */
  readonly input: readonly Assignment[] | undefined;
}

export type Verb = Exclude<Body["kind"], "steps" | "sql" | "handler">;
export type BodyOf<K extends Verb> = Extract<Body, { kind: K }>;

/** The `where` of a verb; absent where none is written. */
export function lowerWhere({ table, options, place, context }: Told, scope: Scope): Lowered {
  const written = options["where"];
  return written === undefined ? "absent" : lowerCondition(written, table, place.at("where"), scope, context);
}

/** A condition as a part of a body, which has none where it is absent. */
export const present = (where: Condition | "absent"): { readonly where?: Condition } =>
  where === "absent" ? {} : { where };
