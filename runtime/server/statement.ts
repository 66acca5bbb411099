import type { Shape } from "../wire/shape.ts";
import type { SqlValue } from "../wire/toSql.ts";
import { type BindContext, binder, itemPath, valueAt } from "./bind.ts";
import { holds } from "./cursor.ts";
import type { Statement } from "./database.ts";
import type { Sql } from "./plan.ts";
import { memoised, type Presence } from "./render.ts";

/** `$user.role=admin` */
const OF_ROLE = "$user.role=";

function presenceIn({ args, cursor, items, caller }: BindContext): Presence {
  return (name) => {
    if (name.startsWith("$user")) return caller !== undefined && isOf(name, caller.user["role"]);
    if (cursor !== undefined && (name === "cursor" || name.startsWith("cursor."))) return holds(cursor, name);
    if (Object.hasOwn(args, name)) return args[name] !== undefined;
    return name.includes(".") && valueAt(args, itemPath(name.split("."), items)) !== undefined;
  };
}

/** Whether what is said of the caller holds for one of this role. */
function isOf(name: string, role: unknown): boolean {
  return name === "$user" || name === OF_ROLE + role;
}

/**
 * A statement of a plan: its text is rendered once for each set of present arguments, a request only binds.
 *
 * @param shapes the operation's arguments
 */
export function statement(sql: Sql, shapes: { readonly [name: string]: Shape }): (context: BindContext) => Statement {
  const textFor = memoised(sql, ({ text, binds }) => ({ text, binders: binds.map((bind) => binder(bind, shapes)) }));
  return (context) => {
    const { text, binders } = textFor(presenceIn(context));
    const params: SqlValue[] = [];
    for (const bind of binders) params.push(bind(context));
    return { sql: text, params };
  };
}
