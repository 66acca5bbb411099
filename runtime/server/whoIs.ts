import { fromSql } from "../wire/fromSql.ts";
import type { Shape } from "../wire/shape.ts";
import type { Caller } from "./caller.ts";
import { lookup } from "./lookup.ts";
import type { IdentityPlan } from "./plan.ts";

/** Who is signed in, in wire form. */
export function whoIs({ user, session }: Caller, { shapes }: Pick<IdentityPlan, "shapes">) {
  return { user: rowToWire(user, shapes.user), session: rowToWire(session, shapes.session) };
}

function rowToWire(row: Caller["user"], shapes: { readonly [field: string]: Shape }): object {
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, fromSql(shape)(lookup(row, name))]));
}
