import { holds } from "./condition.ts";
import { type Json, mapEntries, relationOf } from "./manifest.ts";
import { filteredTable } from "./measure.ts";
import { type Row, related } from "./rows.ts";
import { rulesOf } from "./rules.ts";
import { type Scope, scopeOf } from "./scope.ts";

/*
 * "An entry that names `$user` when nobody is signed in, or a column that the caller may not read on that row: false whatever its operator,
 * and any `not`, `none` or `every` that contains it, at any depth, is false too."
 */

/** Whether an entry with a column or a value for its key is in doubt. */
export function entryInDoubt(key: string, value: Json, row: Row, scope: Scope): boolean {
  const { caller, table } = scope;
  if (!caller) return false;
  if (caller.user === null && (namesUser({ [key]: value }) || measuresInDoubt(key, value, scope))) return true;
  return namedColumns(key, value).some((name) => table !== undefined && caller.hides?.(table, name, row));
}

/** Whether a measure that nobody asks for is of rows that somebody has. */
function measuresInDoubt(key: string, value: Json, scope: Scope): boolean {
  const aggregate = scope.aggregates?.[key];
  if (!aggregate) return false;
  const { to } = relationOf(scope.manifest, scope.table!, key.replace(/Aggregate$/, ""))!;
  const inner = scopeOf({ ...scope, caller: blind(scope) }, to);
  const { where = {}, aggregate: measures } = aggregate.written;
  const asked = Object.keys(measures).filter((name) => JSON.stringify(value).includes(`"${name}"`));
  const parts = asked.map((name) => [measures[name].where ?? {}, filteredTable(measures[name], inner)]);
  return [[where, to], ...parts].some(([condition, table]) => {
    const own = scopeOf(inner, table);
    return inDoubt(
      condition,
      mapEntries(own.columns, () => null),
      own,
    );
  });
}

/** Whether something in a condition is in doubt for a row. What hangs on an argument that was not sent is not there. */
export function inDoubt(written: Json, row: Row, scope: Scope): boolean {
  if (!scope.caller || holds(written, row, scope) === "absent") return false;
  if (typeof written === "string") return inDoubt(conditionOf(written, scope), row, scope);
  if (Array.isArray(written)) return written.some((each) => inDoubt(each, row, scope));
  return Object.entries(written as { readonly [key: string]: Json }).some(([key, value]) => {
    if (key === "not" || key === "all" || key === "any")
      return (
        holds({ [key]: value }, row, scope) !== "absent" && inDoubt(key === "not" ? value : [...value], row, scope)
      );
    if (key === "may") return mayInDoubt(value, scope);
    const relation = isRelation(key, scope) ? relationOf(scope.manifest, scope.table!, key) : undefined;
    if (!relation) return holds({ [key]: value }, row, scope) !== "absent" && entryInDoubt(key, value, row, scope);
    if (value === null) return false;
    const inner = scopeOf(scope, relation.to);
    const conditions: readonly Json[] = relation.many ? Object.values(value) : [value];
    // of nobody's `$user` it does not matter whether there are rows
    const rows = [...related(scope.tables, relation, row), mapEntries(inner.columns, () => null)];
    return conditions.some((each) =>
      rows.some((other, index) =>
        inDoubt(each, other, index === rows.length - 1 ? { ...inner, caller: blind(inner) } : inner),
      ),
    );
  });
}

/** Where a row of nothing stands for any, no column of it is hidden. */
const blind = ({ caller }: Scope): NonNullable<Scope["caller"]> => ({ user: caller!.user, all: caller!.all });

const isRelation = (key: string, { columns, aggregates, table }: Scope): boolean =>
  table !== undefined && !Object.hasOwn(columns, key) && !key.startsWith("$") && !aggregates?.[key];

const conditionOf = (name: string, { manifest, table }: Scope): Json => manifest.tables[table!]!.conditions![name];

/** What nobody may do is in doubt where the rules speak of somebody. */
function mayInDoubt(verb: string, scope: Scope): boolean {
  if (scope.caller!.user !== null) return false;
  const { grants, denials } = rulesOf(scope.manifest, scope.table!, verb)!;
  const nothing = mapEntries(scope.columns, () => null);
  const rule = { ...scope, caller: blind(scope) };
  return [...grants, ...denials].some(({ when }) => inDoubt(when, nothing, rule));
}

/** Whether `$user` stands somewhere in what is written. */
const namesUser = (written: Json): boolean => /"\$user\./.test(JSON.stringify(written));

/** The key and all `{ column: … }`, without properties of objects. */
function namedColumns(key: string, value: Json): readonly string[] {
  const columns = [key];
  JSON.stringify(value, (name, inner) => {
    if (name === "column" && typeof inner === "string") columns.push(inner);
    return inner;
  });
  return columns.map((name) => name.split(".")[0]!);
}
