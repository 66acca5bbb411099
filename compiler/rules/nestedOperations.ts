import type { Rule } from "./rule.ts";

/** No operation `a` stands beside `a/b`: a client could not have both a function and a group of that name. */
export const nestedOperations: Rule = ({ operations }, report) => {
  for (const { name, place } of operations.values()) {
    for (let end = name.lastIndexOf("/"); end > 0; end = name.lastIndexOf("/", end - 1)) {
      const group = operations.get(name.slice(0, end));
      if (!group) continue;
      const related = [{ message: `"${name}" is declared here.`, place }];
      report("operation/nested-name", group.place, [group.name, name], { at: "key", related });
    }
  }
};
