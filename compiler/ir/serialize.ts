import type { App } from "./app.ts";
import { withoutSecrets } from "./secrets.ts";
import { authData } from "./serializeAuth.ts";
import { operationData, rateLimitData } from "./serializeOperation.ts";
import { entries, tableData } from "./serializeTable.ts";
import type { Constant } from "./type.ts";

/** Plain data, keys in a fixed order, nothing undefined: what `JSON.stringify` prints as canonical JSON. */
export type Data = null | boolean | number | string | readonly Data[] | { readonly [key: string]: Data };

/** The linked model as plain data: what leads to another thing is its name. */
export function modelOf(app: App): Data {
  return plain({
    name: app.name,
    description: app.description,
    database: app.database,
    worker: app.worker,
    cors: app.cors,
    auth: app.auth && authData(app.auth),
    limits: app.rateLimits.size > 0 ? entries(app.rateLimits, rateLimitData) : undefined,
    enums: entries(app.enums, ({ members, description }) => ({ members, description })),
    tables: entries(app.tables, tableData),
    operations: entries(app.operations, operationData),
  });
}

/** The tables of an App as plain data, without secrets, for `linkTables`. */
export function tablesModel({ enums, tables }: Pick<App, "enums" | "tables">): TablesModel {
  return plain({
    enums: entries(enums, ({ members }) => members),
    tables: entries(tables, (table) => tableData(withoutSecrets(table))),
  }) as TablesModel;
}

/** What `linkTables` takes: enums and tables by name. Where it is printed as a literal, TypeScript sees no `Data` in lists whose parts differ. */
export type TablesModel = {
  readonly enums: { readonly [name: string]: readonly string[] };
  readonly tables: { readonly [name: string]: object };
};

/** Without what is undefined, and without the names and places that data has no use for. */
function plain(value: unknown): Data {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value as Constant;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, plain(item)]),
  );
}
