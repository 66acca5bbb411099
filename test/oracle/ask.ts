import type { App } from "../../compiler/ir/app.ts";
import type { Caller } from "../../runtime/server/caller.ts";
import { Refusal } from "../../runtime/server/errors.ts";
import type { Memory } from "../plan/database.ts";
import { alike } from "./alike.ts";
import { columnsOf, isComputed, type Json, type Manifest } from "./manifest.ts";
import type { Row, Tables } from "./rows.ts";

/* What is compiled is asked, and what it says is put in the oracle's terms. */

export interface AskedQuery {
  readonly query: string;
  readonly args: { readonly [name: string]: unknown };
  /** of pages */
  readonly size?: number;
  /** whose call it is; null: nobody's */
  readonly as?: string | null;
}

/** The row of who calls, null for nobody; undefined where there is no sign-in. */
export function userOf(manifest: Manifest, tables: Tables, { as = null }: AskedQuery): Row | null | undefined {
  if (!manifest.auth && Object.values(manifest.tables).every(({ rules }) => !rules)) return undefined;
  if (as === null) return null;
  const user = tables["users"]?.find(({ id }) => id === as);
  if (!user) throw new Error("The caller is not there");
  return user;
}

/** The same as the runtime has it. */
export function callerOf(manifest: Manifest, user: Row | null | undefined): Caller | undefined {
  if (!user) return undefined;
  const types = columnsOf(manifest, "users");
  const fields = Object.entries(user).filter(([name]) => !isComputed(types[name]!));
  const inSql = fields.map(([name, value]) => [name, typeof value === "boolean" ? Number(value) : value]);
  return { user: Object.fromEntries(inSql), session: {} };
}

/** A query's answer; a page is walked to its end, and back again where it leads back. */
export async function ask(
  memory: Memory,
  app: App,
  { query: name, args, size }: AskedQuery,
  query: Json,
  caller: Caller | undefined,
): Promise<Json> {
  const operation = app.operations.get(name)!;
  if (!query.page) return memory.call(operation, args, { caller });
  const walk: Json[] = [];
  let page: Json;
  do {
    page = await memory.call(operation, args, {
      caller,
      ...(size && { size }),
      ...(page && { position: page.nextCursor }),
    });
    if (page.hasMore !== (page.nextCursor !== null)) return { wrongPage: page };
    walk.push(page);
    if (walk.length > 200) return { endless: page };
  } while (page.nextCursor !== null);
  const rows = walk.flatMap((each) => each.rows);
  if (query.total && walk.some(({ total }) => total !== rows.length)) return { wrongTotal: page };
  if (!query.bothWays) return rows;
  for (const before of walk.slice(0, -1).reverse()) {
    page = await memory.call(operation, args, { caller, ...(size && { size }), position: page.previousCursor });
    if (!alike(page.rows, before.rows)) return { wayBack: page.rows, wayThere: before.rows };
  }
  return page.previousCursor === null ? rows : { beginning: page };
}

/** A refusal in short; behind `forbidden` stands which rule. */
export function refusalOf(error: unknown): Json {
  if (!(error instanceof Refusal)) return { error: (error as Error).message };
  const { code, extras } = error;
  if (code !== "forbidden") return { refused: code };
  const rules = (extras.details as { rules?: { name: string }[] } | undefined)?.rules ?? [];
  return { refused: `forbidden ${extras.rule}: ${rules.map(({ name }) => name).join(", ")}` };
}
