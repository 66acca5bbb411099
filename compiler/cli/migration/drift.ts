import { factsOf, type SchemaObject } from "../../migrate/facts.ts";
import type { DatabaseSchema } from "../../migrate/schema.ts";
import { createDatabase } from "../../migrate/statements.ts";
import { migrationNames } from "../localDatabase.ts";
import { MemoryDatabase } from "./memory.ts";
import { differences } from "./plan.ts";
import { replay } from "./replay.ts";

/**
 * Tells in what a database differs from what made it: its migrations, or what it remembers where it is ahead of them. Somebody has
 * changed it by hand then, or the migrations are others now, and changing it further would build on sand.
 *
 * @param ahead what it remembers
 * @param done the migrations that have run in it
 */
export async function drift(
  objects: readonly SchemaObject[],
  ahead: DatabaseSchema | undefined,
  folder: string,
  done: readonly string[],
): Promise<string | undefined> {
  const gone = done.find((name) => !migrationNames(folder).includes(name));
  if (gone !== undefined)
    return `Migration ${gone} has run in the local database, and its file is not there any more. Bring it back, or start over with another database.`;
  const wanted = ahead ? await objectsAfter(createDatabase(ahead)) : await replay(folder, done);
  if ("problem" in wanted) return wanted.problem;
  const [first, ...others] = differences(factsOf(wanted.objects), factsOf(objects));
  if (first === undefined) return undefined;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return `The local database is not what its migrations made: ${first}${more}. Somebody changed it by hand: undo that, or put it into a migration (appflare migrate --custom).`;
}

async function objectsAfter(statements: readonly string[]): Promise<{ readonly objects: readonly SchemaObject[] }> {
  const memory = await MemoryDatabase.open(statements);
  const objects = memory.objects();
  memory.close();
  return { objects };
}
