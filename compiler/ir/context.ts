import type { Place } from "../manifest/place.ts";
import type { CallerScope } from "./callerReferences.ts";
import type { Condition } from "./condition.ts";
import type { ArgumentUses, Scope } from "./scopes.ts";
import type { EarlierSteps, Item } from "./stepReferences.ts";
import type { Table } from "./table.ts";
import type { LiteralContext } from "./texts.ts";

/** What the lowering of a query or a write needs around it: while compiling, and inside a Worker for `ctx.db`. */
export interface BodyContext extends LiteralContext {
  /** the operation's arguments; a handler's call has none */
  readonly args?: ArgumentUses;
  /** what `$item` and `$steps` are, in a step */
  readonly item?: Item | undefined;
  readonly steps?: EarlierSteps | undefined;
  readonly limits: { readonly defaultLimit: number; readonly maxLimit: number };
  /** `table.column`, `table.relation`: what is wrong already, so that nobody complains of it again */
  readonly failed: ReadonlySet<string>;
  /** A named condition of a table. Says that there is none and returns undefined. */
  condition(table: Table, name: string, place: Place): Condition | undefined;
}

/** In conditions: where nobody is signed in, what speaks of who calls does not hold. */
const inConditions: CallerScope = { session: true };

/** Where there has to be a value. */
const asValue = ({ caller }: BodyContext, session = true): CallerScope => ({
  session,
  ...(caller?.auth === "public" && { anybody: true }),
});

/** The `where` of a query, its nested ones too. */
export const readScope = ({ args, item, steps }: BodyContext): Scope => ({
  name: "the where of a query",
  args,
  caller: inConditions,
  item,
  steps,
  now: true,
  optional: true,
});

/** The `having` of an aggregate. */
export const havingScope = ({ args }: BodyContext): Scope => ({
  name: "a having",
  args,
  caller: inConditions,
  now: true,
  optional: true,
});

/** The `where` of a write: whatever may be absent would widen it. */
export const writeScope = ({ args, item, steps }: BodyContext): Scope => ({
  name: "the where of a write",
  args,
  caller: inConditions,
  item,
  steps,
  now: true,
  optional: false,
});

/** `values` and `set`. */
export const valueScope = (context: BodyContext): Scope => ({
  name: "a written value",
  args: context.args,
  caller: asValue(context),
  item: context.item,
  steps: context.steps,
  now: true,
  optional: true,
});

/** The parameters of an SQL expression: what is absent has no place in one. */
export const expressionScope = ({ args }: BodyContext): Scope => ({
  name: "an expression",
  args,
  now: false,
  optional: false,
});

/** The list of an `each`; one that is not sent has no items. */
export const eachScope = ({ args, item }: BodyContext): Scope => ({
  name: "an each",
  args,
  item,
  now: false,
  optional: true,
});

/** The arguments of an `after`. */
export const afterScope = (context: BodyContext): Scope => ({
  name: "the arguments of an after",
  args: context.args,
  caller: asValue(context, false),
  now: true,
  steps: context.steps,
  optional: true,
});

/** `limit` and `offset`. */
export const limitScope = (context: BodyContext): Scope => ({
  name: "a limit or an offset",
  args: context.args,
  caller: asValue(context),
  now: false,
  optional: false,
});

/** Named conditions of a table. */
export const conditionScope: Scope = { name: "a named condition", caller: inConditions, now: true, optional: false };

/** Rules of a table, and what its columns say of who may read and write them. */
export const ruleScope: Scope = { name: "a rule", caller: inConditions, now: true, optional: false };

/** The `then` of a rule: over the row as it will be. */
export const thenScope = (before: Table): Scope => ({ ...ruleScope, name: 'the "then" of a rule', before });

/** The `where` of a column that counts. */
export const countScope: Scope = { name: "the where of a count", now: false, optional: false };

/** The `where` of a partial index. */
export const literalScope: Scope = { name: "the where of an index", now: false, optional: false };
