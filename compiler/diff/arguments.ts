import type { Argument, Operation } from "../ir/operation.ts";
import type { Constant } from "../ir/type.ts";
import { type Change, change, inNew, inOld } from "./change.ts";
import { pair } from "./pairs.ts";
import { compareValues, type Difference, differenceWords, widensOnWire } from "./types.ts";

/** What callers may send: everything that was right has to stay right. */
export function argumentChanges(before: Operation, after: Operation): readonly Change[] {
  const { removed, added, kept } = pair(before.args, after.args);
  const subject = ({ name }: Argument): string => `${after.name}.${name}`;
  return [
    ...removed.map((old) => change("argument/removed", subject(old), inOld(old), [old.name, after.name])),
    ...added.map((now) => {
      const code = now.optional ? "argument/added" : "argument/added-required";
      return change(code, subject(now), inNew(now), [now.name, after.name]);
    }),
    ...kept.flatMap(([old, now]) => [
      ...presenceChange(old, now, after.name),
      ...valueChanges(old, now, after.name),
      ...defaultChange(old, now, after.name),
    ]),
  ];
}

function presenceChange(before: Argument, after: Argument, operation: string): Change[] {
  if (before.optional === after.optional) return [];
  const code = after.optional ? "argument/optional" : "argument/required";
  return [change(code, `${operation}.${after.name}`, inNew(after), [after.name, operation])];
}

const codes = { narrower: "argument/narrowed", wider: "argument/widened", other: "argument/type" } as const;

/** One change for each direction. A `?` that comes or goes is about absence first, and null is not told again. */
function valueChanges(before: Argument, after: Argument, operation: string): Change[] {
  const isPresenceTold = before.optional !== after.optional;
  const differences = compareValues(before, after, widensOnWire).filter(
    ({ what, path }) => !(what === "null" && path.length === 0 && isPresenceTold && after.nullable === after.optional),
  );
  return (["other", "narrower", "wider"] as const).flatMap((direction) => {
    const told = differences.filter((difference) => directionOf(difference) === direction);
    if (told.length === 0) return [];
    const parameters = [after.name, operation, differenceWords(told)] as const;
    return [change(codes[direction], `${operation}.${after.name}`, inNew(after), [...parameters])];
  });
}

/** Another pattern or format may refuse what the old one took; only another type is another type. */
function directionOf({ what, direction }: Difference): Difference["direction"] {
  return what === "constraint" && direction === "other" ? "narrower" : direction;
}

function defaultChange(before: Argument, after: Argument, operation: string): Change[] {
  const [old, now] = [text(before.default), text(after.default)];
  if (old === now || !before.optional || !after.optional) return [];
  return [change("argument/default", `${operation}.${after.name}`, inNew(after), [after.name, operation, old, now])];
}

const text = (value: Constant | undefined): string | undefined =>
  value === undefined ? undefined : JSON.stringify(value);
