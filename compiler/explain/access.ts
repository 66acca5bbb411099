import { heldBy, namesCaller, type Person, permits } from "../ir/heldBy.ts";
import type { Operation } from "../ir/operation.ts";
import type { Rule, RuleVerb, Table } from "../ir/table.ts";
import { type Touched, touchedBy } from "../ir/touched.ts";
import { conditionWords } from "./conditionWords.ts";
import { mayCall } from "./person.ts";

/** What somebody may do by an operation, and by which rules. */
export interface Access {
  /** whether the operation lets them call it at all */
  readonly calls: boolean;
  /** why it obeys no rules */
  readonly asSystem?: string;
  /** empty where the call is refused, or obeys no rules */
  readonly tables: readonly TableAccess[];
}

/** Somebody, and what they may do. */
export interface AccessOf {
  readonly person: Person;
  readonly access: Access;
}

/** Which rows of a table somebody reaches. */
export interface TableAccess {
  /** `tasks.project` */
  readonly path: string;
  readonly verb: RuleVerb;
  readonly rows: "all" | "some" | "none";
  /** of what the rows have to be: `workspaceId = $user.workspaceId` */
  readonly tenant?: string;
  /** rules that may grant it to them; absent: the table has no rules */
  readonly grants?: readonly RuleWords[];
  readonly denials?: readonly RuleWords[];
  /** columns that they read or write only where something holds, or never */
  readonly columns?: readonly ColumnWords[];
}

export interface RuleWords {
  readonly name: string;
  /** of which rows it is true: `any row`, or a condition in words */
  readonly where: string;
  /** what has to hold of the row as it will be */
  readonly then?: string;
  /** all that a grant lets be written; of a denial, what it keeps from being written */
  readonly columns?: readonly string[];
}

export interface ColumnWords {
  readonly name: string;
  readonly where: string;
}

/** Tells what somebody may do by an operation. */
export function accessOf(operation: Operation, person: Person): Access {
  const { auth, asSystem } = operation;
  const calls = mayCall(auth, person);
  const obeys = calls && asSystem === undefined;
  return {
    calls,
    ...(asSystem !== undefined && { asSystem }),
    tables: obeys ? touchedBy(operation).map((touched) => tableAccess(touched, person)) : [],
  };
}

/** Which rows of a table somebody reaches by the rules of a verb. */
export function tableAccess(touched: Touched, person: Person): TableAccess {
  const { path, table, verb, writes = [] } = touched;
  const { rules, tenant } = table;
  const grants = rules?.[verb].grants.filter((rule) => mayHold(rule, person) && allows(rule, writes));
  const denials = rules?.[verb].denials.filter((rule) => mayDeny(rule, person) && concerns(rule, touched));
  const columns = guardedColumns(touched, person);
  const words = (rule: Rule) => ruleWords(rule, table, person);
  return {
    path,
    verb,
    rows: grants?.length === 0 ? "none" : rowsOf(table, verb, person),
    ...(tenant && { tenant: `${tenant.column.name} = $user.${tenant.field.name}` }),
    ...(grants && { grants: grants.map(words) }),
    ...(denials && denials.length > 0 && { denials: denials.map(words) }),
    ...(columns.length > 0 && { columns }),
  };
}

function rowsOf({ rules, tenant }: Table, verb: RuleVerb, person: Person): TableAccess["rows"] {
  if (tenant && person === "nobody") return "none";
  const permitted = rules ? permits(rules[verb], person) : true;
  if (permitted === false) return "none";
  return permitted && !tenant ? "all" : "some";
}

function mayHold({ when }: Rule, person: Person): boolean {
  return when === undefined || heldBy(when, person) !== false;
}

function allows({ columns }: Rule, writes: readonly string[]): boolean {
  return columns === undefined || writes.every((name) => columns.includes(name));
}

/** A denial of some columns is nothing to what writes none of them. */
function concerns({ columns }: Rule, { writes = [], columns: written }: Touched): boolean {
  return (
    columns === undefined || written === undefined || [...written, ...writes].some((name) => columns.includes(name))
  );
}

/** Doubt denies: with nobody signed in, what names the caller holds. */
function mayDeny(rule: Rule, person: Person): boolean {
  return mayHold(rule, person) || (person === "nobody" && namesCaller(rule.when!));
}

function ruleWords({ name, when, then, columns }: Rule, table: Table, person: Person): RuleWords {
  const isDoubt = person === "nobody" && when !== undefined && heldBy(when, person) === false;
  return {
    name,
    where: when === undefined || isDoubt ? "any row" : conditionWords(when, table, person),
    ...(then && { then: conditionWords(then, table, person) }),
    ...(columns && { columns }),
  };
}

function guardedColumns({ table, verb, columns }: Touched, person: Person): ColumnWords[] {
  if (verb === "delete") return [];
  return [...table.columns.values()].flatMap(({ name, read, write, secret }) => {
    const guard = verb === "read" ? read : write;
    if (!guard || secret || columns?.includes(name) === false || heldBy(guard, person) === true) return [];
    return [{ name, where: conditionWords(guard, table, person) }];
  });
}
