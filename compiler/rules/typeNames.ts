import type { App } from "../ir/app.ts";
import { argumentsTypeName, resultRowTypeName, resultTypeName, rowsTypeName } from "../ir/names.ts";
import type { Operation } from "../ir/operation.ts";
import { meeting, type Named } from "./meeting.ts";
import type { Rule } from "./rule.ts";

/** No two types that stand in one generated file have one name: enums and rows in `schema.ts`, enums and operations in `client.ts`. */
export const typeNames: Rule = (app, report) => {
  const seen = new Set<unknown>();
  for (const [later, earlier] of [...meeting(schemaTypes(app)), ...meeting(clientTypes(app))]) {
    if (seen.has(later.place)) continue;
    seen.add(later.place);
    const related = [{ message: `"${earlier.name}" makes it first.`, place: earlier.place }];
    report("name/meet-in-types", later.place, [later.name, later.becomes], { at: "key", related });
  }
};

function schemaTypes({ enums, tables }: App): readonly Named[] {
  return [
    ...enumTypes(enums),
    ...[...tables.values()].map(({ name, place }) => ({ name, becomes: rowsTypeName(name), place })),
  ];
}

function clientTypes({ enums, operations }: App): readonly Named[] {
  return [...enumTypes(enums), ...[...operations.values()].flatMap(operationTypes)];
}

function enumTypes(enums: App["enums"]): readonly Named[] {
  return [...enums.values()].map(({ name, place }) => ({ name, becomes: name, place }));
}

function operationTypes({ name, place }: Operation): readonly Named[] {
  return [argumentsTypeName, resultTypeName, resultRowTypeName].map((typeName) => ({
    name,
    becomes: typeName(name),
    place,
  }));
}
