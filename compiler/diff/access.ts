import type { App } from "../ir/app.ts";
import type { Audience, Operation } from "../ir/operation.ts";
import { type Change, change, inNew, inOld } from "./change.ts";
import { quotedList } from "./list.ts";

/** Who may call an operation, and whether it obeys rules. Some may come and others go at once. */
export function accessChanges(before: Operation, after: Operation, roles: readonly string[]): readonly Change[] {
  const { name } = after;
  const texts: [string, string, string] = [name, audienceText(before.auth), audienceText(after.auth)];
  return [
    ...(covers(before.auth, after.auth, roles) ? [] : [change("access/widened", name, inNew(after), texts)]),
    ...(covers(after.auth, before.auth, roles) ? [] : [change("access/narrowed", name, inNew(after), texts)]),
    ...systemChange(before, after),
  ];
}

/** The roles of both sides, so that an operation for all of them is one for whoever is signed in. */
export const rolesOf = (before: App, after: App): readonly string[] => [
  ...new Set([...(before.auth?.roles ?? []), ...(after.auth?.roles ?? [])]),
];

/** Whether all whom an audience means may call it who are of another one. */
function covers(audience: Audience, other: Audience, roles: readonly string[]): boolean {
  if (audience === "public") return true;
  if (other === "public") return false;
  if (audience === "user") return true;
  const wanted = other === "user" ? roles : other;
  return wanted.every((role) => audience.includes(role));
}

function audienceText(audience: Audience): string {
  if (audience === "public") return "anybody";
  if (audience === "user") return "whoever is signed in";
  return audience.length === 1 ? `the role ${quotedList(audience)}` : `the roles ${quotedList(audience)}`;
}

function systemChange(before: Operation, after: Operation): Change[] {
  if (after.asSystem !== undefined && before.asSystem === undefined)
    return [change("access/system", after.name, inNew(after), [after.name, after.asSystem])];
  if (after.asSystem === undefined && before.asSystem !== undefined)
    return [change("access/no-system", after.name, inOld(before), [after.name])];
  return [];
}
