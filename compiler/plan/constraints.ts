import type { Constraints, NamedRule } from "../../runtime/server/plan.ts";
import type { App } from "../ir/app.ts";
import type { Column, Index, Rule, RuleVerb, Table } from "../ir/table.ts";
import { columnChecks } from "./checks.ts";
import { askAnything } from "./eyes.ts";

/** The names that SQLite uses when it refuses a row, and what the manifest calls them; and what is said of rules that refuse. */
export function constraintsOf(app: App): Constraints {
  const tables = [...app.tables.values()];
  const rules = tables.flatMap(rulesOf);
  return {
    tables: Object.fromEntries(
      tables.map((table) => [table.sqlName, { name: table.name, columns: columnNames(table) }]),
    ),
    uniqueIndexes: Object.fromEntries(tables.flatMap(uniqueIndexes)),
    checks: Object.fromEntries(tables.flatMap(checks)),
    // a guard of a column is obeyed as rules are, which says that something is
    ...(askAnything(app.tables) && { rules: Object.fromEntries(rules) }),
  };
}

function columnNames(table: Table): { readonly [sqlName: string]: string } {
  return Object.fromEntries([...table.columns.values()].map(({ sqlName, name }) => [sqlName, name]));
}

/** SQLite names the columns of a plain unique index, and the index where it has expressions or a condition. */
function uniqueIndexes(table: Table): readonly (readonly [string, Constraints["uniqueIndexes"][string]])[] {
  return table.indexes
    .filter(({ unique, where, parts }) => unique && (where || parts.some(({ on }) => "sql" in on)))
    .map((index) => [index.sqlName, { table: table.name, columns: plainColumns(index).map(({ name }) => name) }]);
}

function plainColumns({ parts }: Index): readonly Column[] {
  return parts.flatMap(({ on }) => ("sql" in on ? [] : [on]));
}

function checks(table: Table): readonly (readonly [string, Constraints["checks"][string]])[] {
  return [
    ...table.checks.map(({ sqlName, name }) => [sqlName, { table: table.name, check: name }] as const),
    ...columnChecks(table).map(({ sqlName, check }) => [sqlName, { table: table.name, check }] as const),
  ];
}

type VerbRules = NonNullable<Constraints["rules"]>[string];

/** Reading refuses nothing: what may not be read is not there. */
const refusing: readonly RuleVerb[] = ["create", "update", "delete"];

function rulesOf({ name, rules }: Table): readonly (readonly [string, VerbRules])[] {
  if (!rules) return [];
  return refusing.map((verb) => {
    const [grants, denials] = [rules[verb].grants.map(named), rules[verb].denials.map(named)];
    return [`${name}.${verb}`, { grants, ...(denials.length > 0 && { denials }) }];
  });
}

function named({ name, message }: Rule): NamedRule {
  return { name, ...(message !== undefined && { message }) };
}
