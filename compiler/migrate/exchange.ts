import type { TableSchema } from "./schema.ts";
import { createTable, dropTable } from "./statements.ts";
import type { Reference } from "./surroundings.ts";

/**
 * Drops tables and creates those that stay. What a DROP does to other tables is compiled with all that they refer to, be there rows or
 * not, so that nothing may be missing which a table that is still there refers to: it is created at once.
 */
export function exchange(
  gone: readonly string[],
  anew: readonly TableSchema[],
  references: readonly Reference[],
): string[] {
  const left = new Set(references.map(({ from }) => from));
  const later: string[] = [];
  const now = gone.flatMap((name) => {
    left.delete(name);
    const table = anew.find((each) => each.name === name);
    const isMissed = references.some(({ from, to }) => to === name && left.has(from));
    if (table && !isMissed) later.push(...createTable(table));
    return [dropTable(name), ...(table && isMissed ? createTable(table) : [])];
  });
  return [...now, ...later];
}

/** Each table behind those that refer to it, rings aside: what refers to nothing that is gone is dropped without a look at it. */
export function childrenFirst(names: readonly string[], references: readonly Reference[]): string[] {
  const ordered = new Set<string>();
  const visit = (name: string, trail: ReadonlySet<string>): void => {
    if (trail.has(name) || ordered.has(name)) return;
    const further = new Set([...trail, name]);
    for (const { from, to } of references) if (to === name && names.includes(from)) visit(from, further);
    ordered.add(name);
  };
  for (const name of names) visit(name, new Set());
  return [...ordered];
}
