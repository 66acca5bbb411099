import type { Sql } from "../../runtime/server/plan.ts";
import type { Condition } from "../ir/condition.ts";
import { holdsFor } from "../ir/heldBy.ts";
import type { OneRelation, Rule, RuleVerb, Table } from "../ir/table.ts";
import { callersOwn } from "../ir/tenants.ts";
import type { Written } from "./assignment.ts";
import { conditionSql } from "./condition.ts";
import { operandSql } from "./operand.ts";
import { columnSql, ruleScope, type Scope } from "./scope.ts";
import { join, sequence, whenSent } from "./sql.ts";

/*
 * Why a write may be refused, for a row that it is about to write, change or remove. Where the system writes, and where a table asks
 * nothing, there is no reason.
 */

/** A guard's word, and over the row when it refuses. */
export interface Refusal {
  readonly word: string;
  readonly when: Sql;
}

/** What an update writes, and how a condition over the row as it will be is written. */
export interface Change {
  readonly written: readonly Written[];
  readonly after: (condition: Condition) => Sql;
}

/**
 * By the rules of the table: each denial that holds, and that no grant does.
 *
 * @param scope the row, which is of the table itself; for `create` as it will be
 * @param change of an update
 */
export function ruleRefusals(table: Table, verb: RuleVerb, scope: Scope, change?: Change): readonly Refusal[] {
  const rules = scope.eyes.see && table.rules?.[verb];
  if (!rules) return [];
  const word = `forbidden!${table.name}.${verb}`;
  const denied = rules.denials.flatMap((denial) => {
    const when = conjunction(denialParts(denial, scope, change));
    return when === "FALSE" ? [] : [{ word: `${word}!${denial.name}`, when }];
  });
  const grants = rules.grants
    .map((grant) => conjunction(grantParts(grant, scope, change)))
    .filter((grant) => grant !== "FALSE");
  if (grants.includes("TRUE")) return denied;
  return [...denied, { word, when: grants.length === 0 ? "TRUE" : isNot(join(" OR ", grants)) }];
}

/**
 * Who belongs to no tenant makes no rows of one, whatever the rules say: a new row belongs to whoever makes it.
 *
 * @param through the keys to rows that were written before the new one: where one of them says whose it is, it has to say the caller's
 */
export function tenantRefusals(
  { name, tenant }: Table,
  scope: Scope,
  through: readonly OneRelation[] = [],
): readonly Refusal[] {
  if (!scope.eyes.see || !tenant) return [];
  const word = `tenant!${name}`;
  const column = columnSql(tenant.column, scope);
  const own = `${column} IS NULL`;
  if (!through.some(({ columns }) => columns.includes(tenant.column)))
    return tenant.field.nullable ? [{ word, when: own }] : [];
  return [{ word, when: join(" OR ", [own, sequence(`${column} IS NOT `, operandSql(callersOwn(tenant), scope))]) }];
}

/** What a grant asks: that it lets all that is written be written, and its conditions. */
function grantParts({ when, then, columns }: Rule, scope: Scope, change?: Change): readonly Sql[] {
  const others = columns ? (change?.written ?? []).filter(({ name }) => !columns.includes(name)) : [];
  return [
    ...others.map(({ sent }) => whenSent(sent, "FALSE", "TRUE")),
    ...(when ? [tested(when, scope, (of) => conditionSql(of, ruleScope(scope)))] : []),
    ...(then && change ? [tested(then, scope, change.after)] : []),
  ];
}

/** What makes a denial hold: that something it speaks of is written, and that none of its conditions is known not to hold. */
function denialParts({ when, then, columns }: Rule, scope: Scope, change?: Change): readonly Sql[] {
  const touched = columns && (change?.written ?? []).filter(({ name }) => columns.includes(name));
  const unlessKnown = (write: (of: Condition) => Sql) => (of: Condition) => isNot(write({ kind: "not", of }));
  return [
    ...(touched ? [disjunction(touched.map(({ sent }) => whenSent(sent, "TRUE", "FALSE")))] : []),
    ...(when
      ? [
          tested(
            when,
            scope,
            unlessKnown((of) => conditionSql(of, ruleScope(scope))),
          ),
        ]
      : []),
    ...(then && change ? [tested(then, scope, unlessKnown(change.after))] : []),
  ];
}

/** A condition that the roles of all callers decide is none. */
function tested(condition: Condition, { eyes }: Scope, write: (condition: Condition) => Sql): Sql {
  const held = holdsFor(condition, { auth: eyes.auth });
  if (held !== "sometimes") return held === "always" ? "TRUE" : "FALSE";
  return write(condition);
}

/** By the conditions of columns that are written. */
export function columnRefusals(table: Table, written: readonly Written[], scope: Scope): readonly Refusal[] {
  if (!scope.eyes.see) return [];
  return written.flatMap(({ name, sent }) => {
    const condition = table.columns.get(name)?.write;
    if (!condition) return [];
    const allowed = tested(condition, scope, (of) => conditionSql(of, ruleScope(scope)));
    if (allowed === "TRUE") return [];
    return [{ word: `column!${table.name}.${name}`, when: whenSent(sent, isNot(allowed), "FALSE") }];
  });
}

function conjunction(parts: readonly Sql[]): Sql {
  const open = parts.filter((part) => part !== "TRUE");
  if (open.includes("FALSE")) return "FALSE";
  return open.length === 0 ? "TRUE" : join(" AND ", open);
}

function disjunction(parts: readonly Sql[]): Sql {
  const open = parts.filter((part) => part !== "FALSE");
  if (open.includes("TRUE")) return "TRUE";
  return open.length === 0 ? "FALSE" : join(" OR ", open);
}

function isNot(sql: Sql): Sql {
  return sequence("(", sql, ") IS NOT TRUE");
}
