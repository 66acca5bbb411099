import type { App } from "../ir/app.ts";
import { argumentsTypeName, resultRowTypeName, resultTypeName, rowsTypeName } from "../ir/names.ts";
import { meeting, type Named } from "./meeting.ts";
import type { Rule } from "./rule.ts";

/** No two enums, tables or operations make a TypeScript type of one name. */
export const typeNames: Rule = (app, report) => {
  const seen = new Set<unknown>();
  for (const [later, earlier] of meeting(typesOf(app))) {
    if (seen.has(later.place)) continue;
    seen.add(later.place);
    const related = [{ message: `"${earlier.name}" makes it first.`, place: earlier.place }];
    report("name/meet-in-types", later.place, [later.name, later.becomes], { at: "key", related });
  }
};

function* typesOf({ enums, tables, operations }: App): Generator<Named> {
  for (const { name, place } of enums.values()) yield { name, becomes: name, place };
  for (const { name, place } of tables.values()) yield { name, becomes: rowsTypeName(name), place };
  for (const { name, place } of operations.values()) {
    for (const typeName of [argumentsTypeName, resultTypeName, resultRowTypeName])
      yield { name, becomes: typeName(name), place };
  }
}
