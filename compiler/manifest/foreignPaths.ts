import type { Place } from "./place.ts";

/**
 * What to write instead of a name that is none here, but leads to related rows in other tools: `owner.name`, `_count`, `tasks_aggregate`.
 *
 * @param place of the name in a list, or of the map that it is a key of
 */
export function nativePath(name: string, isKey: boolean, { key, path }: Place): string | undefined {
  if (isKey) return key === "with" && /^_count$|_aggregate$/.test(name) ? measured(name) : undefined;
  const [, relation, column] = /^(\w+)\.(\w+)$/.exec(name) ?? [];
  if (relation === undefined) return undefined;
  return path.at(-2) === "select"
    ? `Related rows come by "with": \`with: { ${relation}: { select: [${column}] } }\`.`
    : "Only columns of the table itself stand here.";
}

function measured(name: string): string {
  const relation = /^(\w+)_aggregate$/.exec(name)?.[1] ?? "tasks";
  return `Rows of a relation are measured inside of it: \`${relation}: { aggregate: { total: { count: all } } }\`.`;
}
