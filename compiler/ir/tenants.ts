import type { AuthManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import type { TenantManifest } from "../manifest/ruleManifest.ts";
import { comparable } from "./assignable.ts";
import type { Assignment } from "./assignment.ts";
import type { Operand } from "./condition.ts";
import type { BodyContext } from "./context.ts";
import type { Lowering, Unfinished } from "./draft.ts";
import type { Caller } from "./heldBy.ts";
import { CALLER_COLUMNS, WRITABLE_USER_COLUMNS } from "./signInTables.ts";
import type { Column, Relation, Table, Tenant } from "./table.ts";
import { typeText } from "./typeText.ts";
import { unknownColumn } from "./unknown.ts";

/** Finds whose rows those of a table are. Needs columns and keys only: what is unique within a tenant hangs on it. */
export function lowerTenants(lowering: Lowering): void {
  for (const unfinished of lowering.unfinished.values()) {
    const { tenant: written } = unfinished.manifest;
    const tenant = written === undefined ? undefined : lowerTenant(lowering, unfinished, written);
    if (tenant) unfinished.table.tenant = tenant;
  }
}

function lowerTenant(lowering: Lowering, unfinished: Unfinished, written: string | TenantManifest): Tenant | undefined {
  const { table } = unfinished;
  const place = table.place.at("tenant");
  const { column: name, is } = typeof written === "string" ? { column: written, is: undefined } : written;
  const at = is === undefined ? place : place.at("column");
  if (!lowering.manifest.auth)
    return lowering.report("reference/no-sign-in", place, ["A tenant"], {
      hint: "Say how people sign in: `auth: { emailPassword: true }`.",
    });
  const column = tenantColumn(lowering, unfinished, name, at);
  if (!column) return;
  if (column.nullable) return lowering.report("tenant/nullable", at, [column.name]);
  if (column.computed) return lowering.report("tenant/computed", at, [column.name]);
  const field = tenantField(lowering, column, is, is === undefined ? place : place.at("is"));
  return field && { column, field };
}

/** A column, or that of a relation to one row. */
function tenantColumn(
  { report, failed }: Lowering,
  { table, manifest }: Unfinished,
  name: string,
  place: Place,
): Column | undefined {
  const relation = manifest.relations?.[name];
  if (relation && relation.one !== undefined && (relation.columns?.length ?? 1) === 1)
    return table.columns.get(relation.columns?.[0] ?? relation.column ?? `${name}Id`);
  const column = table.columns.get(name);
  if (column || failed.has(`${table.name}.${name}`)) return column;
  const ones = Object.entries(manifest.relations ?? {}).flatMap(([other, { one }]) =>
    one === undefined ? [] : [other],
  );
  return unknownColumn(report, table.name, name, [...ones, ...table.columns.keys()], place, {
    hint: relation ? "A tenant is a column, or a relation to one row." : undefined,
  });
}

/** What of the caller the column equals: what `is` says, or the field of the same name. */
function tenantField(
  { report, manifest, tables, failed }: Lowering,
  column: Column,
  is: string | undefined,
  place: Place,
): Column | undefined {
  const name = is?.replace("$user.", "") ?? column.name;
  const users = tables.get("users");
  const known = [...CALLER_COLUMNS, ...Object.keys(manifest.auth!.value.user?.fields ?? {})];
  const field = known.includes(name) ? users?.columns.get(name) : undefined;
  if (!field && (known.includes(name) || failed.has(`users.${name}`))) return;
  const written = manifest.auth!.value.user?.fields?.[name];
  if (typeof written === "object" && written.input) return report("tenant/input", place, [name]);
  if (WRITABLE_USER_COLUMNS.has(name)) return report("tenant/own", place, [name]);
  if (name === "email" && !provesAddresses(manifest.auth!.value))
    return report("tenant/unproven", place, [name], {
      hint: "Let people prove it: `emailPassword: { verify: true }`, codes or links by mail, and no `social`.",
    });
  const type = typeText(column.type);
  if (!field)
    return is === undefined
      ? report("tenant/no-field", place, [name], {
          hint: `Declare it, \`auth: { user: { fields: { ${name}: ${type}? } } }\`, or say what it equals: \`{ column: ${name}, is: $user.… }\`.`,
        })
      : report("reference/unknown-field", place, ["user", name], {
          suggest: [name, known, (other) => `$user.${other}`],
        });
  if (comparable(field.type, column.type)) return field;
  return report("reference/type", place, [`$user.${name}`, typeText(field.type), type]);
}

/** Whether nobody signs in with an address that need not be theirs: what a social provider says of one is its users' word. */
function provesAddresses({ emailPassword, social }: AuthManifest): boolean {
  const isVerified = typeof emailPassword === "object" && emailPassword.verify === true;
  return !social && (!emailPassword || isVerified);
}

/** Whose rows somebody sees is not theirs to say: without a word of the author's only the system writes it. */
export function guardTenantFields({ tables }: Lowering): void {
  const users = tables.get("users");
  if (!users) return;
  for (const { tenant } of tables.values()) {
    const field = tenant && users.columns.get(tenant.field.name);
    if (field && !users.primaryKey.includes(field)) field.write ??= { kind: "any", of: [] };
  }
}

/** Says which relations lead from rows of one tenant to rows of another one's: nobody could read both. */
export function checkTenantRelations({ unfinished, report }: Lowering): void {
  for (const { table } of unfinished.values())
    for (const relation of table.relations.values()) {
      const other = relation.to.tenant;
      if (!table.tenant || !other || other.field === table.tenant.field || !isHere(relation)) continue;
      report("tenant/crossing", relation.place, [relation.name, relation.to.name, other.field.name], {
        at: "key",
        related: [
          { message: `Rows of "${relation.to.name}" belong by "${other.column.name}".`, place: relation.to.place },
        ],
      });
    }
}

/** A relation and its other end are one thing: it is told of where the key is. */
const isHere = ({ kind }: Relation): boolean => kind === "one" || kind === "manyToMany";

/** The column by which a table's rows are those of the caller's tenant; none where callers see all. */
export function tenantOf({ tenant }: Pick<Table, "tenant">, caller: Caller): Tenant | undefined {
  return caller.asSystem === undefined ? tenant : undefined;
}

/** Whether rows that are written beside a row, or adopted by it, would belong to whoever it says. Says so. */
export function writesTenant(relation: Relation, place: Place, { caller, report }: BodyContext): boolean {
  if (relation.kind === "manyToMany" || !caller) return false;
  const { from, to, columns, references } = relation.kind === "one" ? relation : relation.inverse;
  const tenant = tenantOf(from, caller);
  const reference = tenant && references[columns.indexOf(tenant.column)];
  if (!tenant || !reference || (to.tenant?.column === reference && to.tenant.field === tenant.field)) return false;
  report("tenant/written", place, [tenant.column.name, from.name], { at: "key" });
  return true;
}

/** What a new row gets of the caller. Whoever writes as the system says it. */
export function withTenant(
  assignments: readonly Assignment[],
  filled: readonly Column[],
  table: Table,
  place: Place,
  { caller }: BodyContext,
): readonly Assignment[] {
  const tenant = caller && tenantOf(table, caller);
  if (!tenant || filled.includes(tenant.column)) return assignments;
  return [...assignments, { column: tenant.column, value: callersOwn(tenant), place }];
}

/** The value that the tenant's column has in the caller's rows. */
export function callersOwn({ field: { name, type, nullable } }: Tenant): Operand {
  return { kind: "user", field: name, of: { type, nullable } };
}
