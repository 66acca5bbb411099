import type { Comparison, Condition, Operand } from "./condition.ts";
import { everyPart, operandsOf } from "./conditionParts.ts";
import type { Audience, Operation } from "./operation.ts";
import type { Column, Rule, RuleVerb, Table, VerbRules } from "./table.ts";

/** Who calls, as far as it is known beforehand: somebody of a role, somebody of any role, or nobody who is signed in. */
export type Person = "nobody" | "anybody" | { readonly role: string };

/** Whose call it is: who may make it, and whether it obeys rules. */
export type Caller = Pick<Operation, "auth" | "asSystem">;

/** Whether something holds for all whom it may concern, for none of them, or hangs on the row or the caller. */
export type Holds = "always" | "sometimes" | "never";

/**
 * Whether the callers of an operation may read a column of the rows that they may read: a matter of their roles alone, unless it is
 * "sometimes". Always: it is as if it had no guard. Never: it is not there for them.
 */
export function readableBy({ read }: Pick<Column, "read">, caller: Caller): Holds {
  return read === undefined ? "always" : holdsFor(read, caller);
}

/** Whether a condition of rules holds for the callers of an operation: a matter of their roles alone, unless it is "sometimes". */
export function holdsFor(condition: Condition, caller: Caller): Holds {
  return heldByAll(caller, (person) => heldBy(condition, person));
}

/** Whether the callers of an operation may read the rows of a table. */
export function rowsReadableBy({ rules, tenant }: Pick<Table, "rules" | "tenant">, caller: Caller): Holds {
  const byRules = rules ? heldByAll(caller, (person) => permits(rules.read, person)) : "always";
  return byRules === "always" && tenant && caller.asSystem === undefined ? "sometimes" : byRules;
}

/** Whether rules of a verb allow it to the callers of an operation. */
export function permittedBy(rules: VerbRules, caller: Caller): Holds {
  return heldByAll(caller, (person) => permits(rules, person));
}

function heldByAll({ auth, asSystem }: Caller, holds: (person: Person) => boolean | undefined): Holds {
  if (asSystem !== undefined) return "always";
  const found = peopleOf(auth).map(holds);
  if (found.every((held) => held === true)) return "always";
  return found.every((held) => held === false) ? "never" : "sometimes";
}

/** One of each kind of those who may call. */
export function peopleOf(auth: Audience): readonly Person[] {
  if (auth === "public") return ["nobody", "anybody"];
  return auth === "user" ? ["anybody"] : auth.map((role) => ({ role }));
}

/** Whether rules of a verb allow it to somebody on every row, on none, or (undefined) as the row and the caller are. */
export function permits({ grants, denials }: VerbRules, person: Person): boolean | undefined {
  const denied = anyOf(denials.map((rule) => ruleHolds(rule, person, true)));
  return both(anyOf(grants.map((rule) => ruleHolds(rule, person, false))), denied === undefined ? undefined : !denied);
}

/** A rule that says more than `when` hangs on what is written. */
function ruleHolds({ when, then, columns }: Rule, person: Person, denies: boolean): boolean | undefined {
  const held =
    when === undefined ? true : denies && person === "nobody" && namesCaller(when) ? true : heldBy(when, person);
  return held && (then || columns) ? undefined : held;
}

/** Whether a condition holds for somebody on every row, on none, or (undefined) as the row and the caller are. */
export function heldBy(condition: Condition, person: Person): boolean | undefined {
  if (person === "nobody" && isDoubted(condition)) return false;
  switch (condition.kind) {
    case "all":
      return condition.of.map((part) => heldBy(part, person)).reduce(both, true);
    case "any":
      return anyOf(condition.of.map((part) => heldBy(part, person)));
    case "not":
      return inverse(heldBy(condition.of, person));
    case "compare":
      return compared(condition.left, condition.op, condition.right, person);
    case "in":
      return isIn(condition.left, condition.list, condition.negated, person);
    case "related":
      return relatedHolds(condition, person);
    case "may":
      return mayHold(condition.table, condition.verb, person);
    default:
      return undefined;
  }
}

const both = (a: boolean | undefined, b: boolean | undefined): boolean | undefined =>
  a === false || b === false ? false : a === true && b === true ? true : undefined;

const inverse = (held: boolean | undefined): boolean | undefined => (held === undefined ? undefined : !held);

const anyOf = (held: readonly (boolean | undefined)[]): boolean | undefined =>
  held.includes(true) ? true : held.includes(undefined) ? undefined : false;

/** With nobody signed in, what names the caller is false, and so is each `not`, `none` or `every` around it. */
function isDoubted(condition: Condition): boolean {
  switch (condition.kind) {
    case "not":
      return namesCaller(condition.of);
    case "related":
      return condition.quantifier !== "some" && condition.of !== undefined && namesCaller(condition.of);
    case "element":
      return condition.quantifier !== "some" && namesCaller(condition.of);
    case "all":
    case "any":
    case "may":
      return false;
    default:
      return namesCaller(condition);
  }
}

/** Whether a condition speaks of who calls, at any depth; what rules say, by `may`, is theirs. */
export function namesCaller(condition: Condition): boolean {
  return everyPart(condition).some((part) =>
    part.kind === "may" ? maySpeakOfCaller(part.table, part.verb) : operandsOf(part).some(isCaller),
  );
}

function isCaller(operand: Operand): boolean {
  if (operand.kind === "column")
    return [operand.column.measured?.where, operand.column.measured?.measure.where].some(
      (where) => where !== undefined && namesCaller(where),
    );
  return operand.kind === "user" || operand.kind === "session";
}

const isRole = (operand: Operand): boolean => operand.kind === "user" && operand.field === "role";

function compared(left: Operand, op: Comparison, right: Operand, person: Person): boolean | undefined {
  if (isRole(right) && !isRole(left)) return compared(right, op, left, person);
  if (!isRole(left) || right.kind !== "constant") return undefined;
  if (op === "eq") return hasRole([right.value], person);
  return op === "ne" ? inverse(hasRole([right.value], person)) : undefined;
}

function isIn(left: Operand, list: Operand, negated: boolean, person: Person): boolean | undefined {
  if (list.kind !== "constant" || !Array.isArray(list.value)) return undefined;
  const held = list.value.length === 0 ? false : isRole(left) ? hasRole(list.value, person) : undefined;
  return negated ? inverse(held) : held;
}

function hasRole(roles: readonly unknown[], person: Person): boolean | undefined {
  return typeof person === "string" ? undefined : roles.includes(person.role);
}

/** What holds for no row there, or for each, whatever rows there are. */
function relatedHolds(
  { quantifier, of }: Extract<Condition, { kind: "related" }>,
  person: Person,
): boolean | undefined {
  const held = of === undefined ? undefined : heldBy(of, person);
  if (quantifier === "some") return held === false ? false : undefined;
  return held === (quantifier === "every") ? true : undefined;
}

/** Of an update the rules' `then` and `columns` say what may be written, not whether something may be. */
function mayHold({ rules, tenant }: Table, verb: RuleVerb, person: Person): boolean | undefined {
  const held = rules ? permits(rules[verb], person) : true;
  return held && tenant ? undefined : held;
}

const maySpeakOfCaller = ({ rules, tenant }: Table, verb: RuleVerb): boolean =>
  tenant !== undefined ||
  (rules !== undefined &&
    [...rules[verb].grants, ...rules[verb].denials].some(({ when }) => when !== undefined && namesCaller(when)));
