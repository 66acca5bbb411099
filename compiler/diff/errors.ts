import type { DeclaredError, Operation } from "../ir/operation.ts";
import { type Change, change, inNew, inOld } from "./change.ts";
import { pair } from "./pairs.ts";

/** The errors that an operation declares. */
export function errorChanges(before: Operation, after: Operation): readonly Change[] {
  const { removed, added, kept } = pair(before.errors, after.errors);
  const subject = ({ code }: DeclaredError): string => `${after.name}.${code}`;
  return [
    ...removed.map((old) => change("error/removed", subject(old), inOld(old), [old.code, after.name])),
    ...added.map((now) => change("error/added", subject(now), inNew(now), [now.code, after.name, now.status])),
    ...kept.flatMap(([old, now]) => [
      ...(old.status === now.status
        ? []
        : [change("error/status", subject(now), inNew(now), [now.code, after.name, old.status, now.status])]),
      ...(old.message === now.message
        ? []
        : [change("error/message", subject(now), inNew(now), [now.code, after.name, now.message])]),
    ]),
  ];
}
