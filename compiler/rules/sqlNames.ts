import { meeting, type Named } from "./meeting.ts";
import type { Rule } from "./rule.ts";

/** No two tables or indexes, and no two columns or checks of a table, have one name in SQL, where letter case does not count. */
export const sqlNames: Rule = ({ tables }, report) => {
  const all = [...tables.values()];
  const asNamed = ({ name, sqlName, place }: { name: string; sqlName: string; place: Named["place"] }): Named => ({
    name,
    becomes: sqlName,
    place,
  });
  const indexes = all.flatMap((table) =>
    table.indexes.map(({ sqlName, place }): Named => ({ name: sqlName, becomes: sqlName, place })),
  );
  const scopes = [
    [...all.map(asNamed), ...indexes],
    ...all.flatMap(({ columns, checks }) => [[...columns.values()].map(asNamed), checks.map(asNamed)]),
  ];
  for (const [later, earlier] of scopes.flatMap((scope) => meeting(scope, (name) => name.toLowerCase()))) {
    const related = [{ message: `"${earlier.name}" is called so first.`, place: earlier.place }];
    report("name/meet-in-sql", later.place, [later.name, later.becomes], { at: "key", related });
  }
};
