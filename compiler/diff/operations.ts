import type { App } from "../ir/app.ts";
import type { Operation } from "../ir/operation.ts";
import { accessChanges, rolesOf } from "./access.ts";
import { argumentChanges } from "./arguments.ts";
import { bodyChanges } from "./bodies.ts";
import { type Change, change, inNew, inOld } from "./change.ts";
import { errorChanges } from "./errors.ts";
import type { Matching } from "./matching.ts";
import { pair } from "./pairs.ts";
import { rateLimitChanges } from "./rateLimits.ts";
import { operationHint } from "./renames.ts";
import { resultChanges } from "./results.ts";

/** What callers can ask for. Each kind of thing about an operation has its own function. */
export function operationChanges(before: App, after: App, matching: Matching): readonly Change[] {
  const roles = rolesOf(before, after);
  const { removed, added, kept } = pair(before.operations, after.operations);
  return [
    ...removed.map((old) => {
      const hint = operationHint(old, added);
      return change("operation/removed", old.name, inOld(old), [old.kind, old.name], hint);
    }),
    ...added.map((now) => change("operation/added", now.name, inNew(now), [now.kind, now.name])),
    ...kept.flatMap(([old, now]) => [
      ...kindChange(old, now),
      ...accessChanges(old, now, roles),
      ...argumentChanges(old, now),
      ...resultChanges(old, now),
      ...errorChanges(old, now),
      ...rateLimitChanges(old, now),
      ...bodyChanges({ before: old, after: now, matching }),
    ]),
  ];
}

function kindChange(before: Operation, after: Operation): Change[] {
  if (before.kind === after.kind) return [];
  return [change("operation/moved", after.name, inNew(after), [after.name, before.kind, after.kind])];
}
