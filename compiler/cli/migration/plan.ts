import { type Changes, compareDatabases } from "../../migrate/changes.ts";
import { type Facts, factsOf, type SchemaObject } from "../../migrate/facts.ts";
import { migrationStatements, renaming } from "../../migrate/migration.ts";
import type { DatabaseSchema } from "../../migrate/schema.ts";
import { createDatabase } from "../../migrate/statements.ts";
import { MemoryDatabase } from "./memory.ts";

export interface MigrationPlan {
  readonly changes: Changes;
  /** in the order they have to run, in one transaction */
  readonly statements: readonly string[];
  /** why they do not run in a database that has what this one has */
  readonly problem?: string;
}

/**
 * Plans what leads from one version to the next in a database that may hold more than both, and tries it in memory, on a database of
 * the same objects without rows.
 *
 * @param objects what the database holds
 * @throws when the statements run and lead elsewhere: a bug of ours
 */
export async function planMigration(
  before: DatabaseSchema,
  after: DatabaseSchema,
  objects: readonly SchemaObject[],
): Promise<MigrationPlan> {
  const changes = compareDatabases(before, after);
  const statements: string[] = [];
  const known = new Set(before.tables.flatMap(({ indexes }) => indexes.map(({ name }) => name)));
  const naming = await MemoryDatabase.like(objects);
  const trial = await MemoryDatabase.like(objects);
  try {
    naming.run(renaming(changes));
    statements.push(...migrationStatements(changes, naming.surroundings(known)));
    trial.run(["BEGIN", ...statements, "COMMIT"]);
  } catch (error) {
    return { changes, statements, problem: (error as Error).message };
  } finally {
    naming.close();
  }
  const fresh = await MemoryDatabase.open(createDatabase(after));
  const [difference] = differences(factsOf(fresh.objects()), factsOf(trial.objects()));
  fresh.close();
  trial.close();
  if (difference !== undefined) throw new Error(`A migration would not lead to what the manifest says: ${difference}`);
  return { changes, statements };
}

/** In what the tables of a database differ from what they should be, in words. Tables and indexes beyond those are nobody's concern. */
export function differences(wanted: Facts, found: Facts): string[] {
  return [...wanted].flatMap(([name, facts]) => {
    const there = found.get(name);
    if (!there) return [`table "${name}" is not there`];
    const missing = facts.filter((fact) => !there.includes(fact));
    const further = there.filter((fact) => !facts.includes(fact) && !/^CREATE (UNIQUE )?INDEX/i.test(fact));
    return [
      ...missing.map((fact) => `table "${name}" lacks ${fact}`),
      ...further.map((fact) => `table "${name}" has ${fact}`),
    ];
  });
}
