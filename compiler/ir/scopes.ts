import type { Place } from "../manifest/place.ts";
import { type CallerScope, callerReference } from "./callerReferences.ts";
import type { Operand } from "./condition.ts";
import { isOpen } from "./guarded.ts";
import { likelyCaller } from "./likelyCaller.ts";
import { likelyReference } from "./likelyReference.ts";
import type { Argument } from "./operation.ts";
import { type EarlierSteps, type Item, likelyStep, rowReference, stepReference } from "./stepReferences.ts";
import type { Table } from "./table.ts";
import { escapeHint, type LiteralContext } from "./texts.ts";
import type { Type, Value } from "./type.ts";

/** What an argument is used for where its value must obey more than its own type. */
export type Purpose =
  | { readonly fills: Value }
  | { readonly counts: "limit" | "offset" }
  /** a number within the bounds of a type */
  | { readonly within: Type };

/** The arguments of an operation while its body is lowered. */
export interface ArgumentUses {
  /** undefined: declared, but wrong, which was said */
  readonly declared: ReadonlyMap<string, Argument | undefined>;
  use(path: readonly string[], purpose?: Purpose): void;
}

/** What a reference may speak of at a place. */
export interface Scope {
  /** how messages call the place */
  readonly name: string;
  /** what `$args` reaches; absent: there are no arguments here */
  readonly args?: ArgumentUses | undefined;
  readonly now: boolean;
  /** what `$item` is; absent: nothing is done for each of a list here */
  readonly item?: Item | undefined;
  /** what `$steps` reaches; absent: there are no steps here */
  readonly steps?: EarlierSteps | undefined;
  /** the table whose row `$before` is; absent: there is no row before */
  readonly before?: Table | undefined;
  /** whether `$user` means something here, and `$session`; absent: neither */
  readonly caller?: CallerScope | undefined;
  /** whether what stands here may be absent: `?`, or undefined in a handler */
  readonly optional: boolean;
}

export type Reference = Extract<
  Operand,
  { kind: "argument" | "now" | "item" | "step" | "before" | "user" | "session" }
>;

/** Whether a value is a reference; `$$` at its start is an escape, and a handler's texts are just texts. */
export function isReference(value: unknown, { references }: LiteralContext): value is string {
  return references === "manifest" && typeof value === "string" && /^\$(?!\$)/.test(value);
}

/** `$args.name`, `$args.name.property?`, `$now`, `$item.property` or `$steps.name.column`. Says what does not exist and what is not allowed at this place. */
export function lowerReference(
  text: string,
  place: Place,
  scope: Scope,
  context: LiteralContext,
  at?: "key",
): Reference | undefined {
  const { report } = context;
  const [, root, dotted = "", mark] = /^\$([A-Za-z]+)((?:\.[A-Za-z0-9_]+)*)(\?)?$/.exec(text) ?? [];
  const likely =
    likelyReference(text, scope.args) ?? likelyStep(text, scope.steps) ?? likelyOfCaller(text, scope, context);
  const extras: { at?: "key"; hint?: string; rewrite?: string } = {
    ...(at && { at }),
    ...(likely && { hint: `Write ${likely}.`, rewrite: likely }),
  };
  if (root === undefined) return report("reference/syntax", place, [text], { hint: escapeHint, ...extras });
  const path = dotted.split(".").slice(1);
  if (root === "user" || root === "session") {
    if (context.signIn && !(root === "user" ? scope.caller : scope.caller?.session))
      return report("reference/scope", place, [text, scope.name, scopesOf(scope, context)], extras);
    return callerReference(root, path, mark !== undefined, text, place, scope.caller, context, extras);
  }
  if (root === "now" && scope.now) {
    if (path.length > 0 || mark) return report("reference/syntax", place, [text], extras);
    return { kind: "now", of: { type: { kind: "timestamp" }, nullable: false } };
  }
  if (root === "steps" && scope.steps) {
    if (path.length !== 2 || mark) return report("reference/syntax", place, [text], extras);
    return handedOn(stepReference(text, path as [string, string], scope.steps, place, report, extras), place, context);
  }
  if (root === "before" && scope.before) {
    if (path.length !== 1 || mark) return report("reference/syntax", place, [text], extras);
    return rowReference("before", path[0]!, scope.before, text, place, report, extras);
  }
  const item = root === "item" ? scope.item : undefined;
  if (item?.kind === "row") {
    if (path.length !== 1 || mark) return report("reference/syntax", place, [text], extras);
    return handedOn(rowReference("item", path[0]!, item.table, text, place, report, extras), place, context);
  }
  if (root === "item" && !item && scope.steps)
    extras.hint = 'Say by "each" of what it is an item: `each: $args.lines`.';
  if (!item && (root !== "args" || !scope.args))
    return report("reference/scope", place, [text, scope.name, scopesOf(scope, context)], extras);
  if (!item && path.length === 0) return report("reference/syntax", place, [text], extras);
  const found = item
    ? below(text, item.of, false, path, place, report, extras)
    : findArgument(text, path, scope.args!, place, report, extras);
  if (!found) return;
  const whole = item ? [...item.path, ...path] : path;
  scope.args?.use(whole);
  const wrong = markMistake(mark !== undefined, found.mayBeAbsent, scope);
  if (wrong) {
    const replace = mark ? text.slice(0, -1) : `${text}?`;
    return report(wrong, place, [text, scope.name], {
      ...extras,
      ...(wrong !== "reference/optional-here" && { replace }),
    });
  }
  return { kind: "argument", path: whole, of: found.of, optional: mark !== undefined };
}

/** `$auth.uid` and its like, where `$user` may stand. */
function likelyOfCaller(text: string, { caller }: Scope, { signIn }: LiteralContext): string | undefined {
  return caller && !/^\$user\b/.test(text) ? likelyCaller(text, signIn) : undefined;
}

/** A value that comes of a row: nobody hands on what they may not read. */
function handedOn<R extends Extract<Operand, { kind: "step" | "item" | "before" }>>(
  reference: R | undefined,
  place: Place,
  context: LiteralContext,
): R | undefined {
  return reference && isOpen(reference.column, "handed on", place, context) ? reference : undefined;
}

function scopesOf({ args, now, item, steps, before, caller }: Scope, { signIn }: LiteralContext): readonly string[] {
  return [
    ...(args ? ["$args"] : []),
    ...(signIn && caller ? ["$user"] : []),
    ...(signIn && caller?.session ? ["$session"] : []),
    ...(now ? ["$now"] : []),
    ...(item ? ["$item"] : []),
    ...(steps ? ["$steps"] : []),
    ...(before ? ["$before"] : []),
  ];
}

/** An argument that may be absent is always written with `?`, one that is always there never. */
function markMistake(marked: boolean, mayBeAbsent: boolean, { optional }: Scope) {
  if (mayBeAbsent && !optional) return "reference/optional-here";
  if (mayBeAbsent === marked) return undefined;
  return marked ? "reference/needless-mark" : "reference/missing-mark";
}

function findArgument(
  text: string,
  [name = "", ...properties]: readonly string[],
  { declared }: ArgumentUses,
  place: Place,
  report: LiteralContext["report"],
  extras: { readonly at?: "key" },
): Found | undefined {
  if (!declared.has(name)) {
    const suggest = [name, declared.keys(), (known: string) => text.replace(`.${name}`, `.${known}`)] as const;
    return report("reference/unknown-argument", place, [name], { ...extras, suggest });
  }
  const argument = declared.get(name);
  if (!argument) return;
  return below(text, argument, argument.optional && argument.default === undefined, properties, place, report, extras);
}

interface Found {
  readonly of: Value;
  readonly mayBeAbsent: boolean;
}

/** The value under a path of properties. */
function below(
  text: string,
  value: Value,
  isAbsent: boolean,
  properties: readonly string[],
  place: Place,
  report: LiteralContext["report"],
  extras: { readonly at?: "key" },
): Found | undefined {
  let of = value;
  let mayBeAbsent = isAbsent;
  for (const property of properties) {
    const known = of.type.kind === "object" ? of.type.properties : new Map();
    const next = known.get(property);
    if (!next)
      return report("reference/unknown-property", place, [text, property], {
        ...extras,
        suggest: [property, known.keys(), (right) => text.replace(`.${property}`, `.${right}`)],
      });
    mayBeAbsent ||= next.optional;
    of = next;
  }
  return { of: { type: of.type, nullable: of.nullable }, mayBeAbsent };
}
