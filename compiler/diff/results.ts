import type { Operation } from "../ir/operation.ts";
import { resultOf } from "../ir/result.ts";
import { type Change, change, inNew, inOld } from "./change.ts";
import { compareValues, type Difference, propertiesOf, widensOnWire } from "./types.ts";

/** What callers get: nothing may come that they did not expect. Constraints of columns are told of the columns. */
export function resultChanges(before: Operation, after: Operation): readonly Change[] {
  const [old, now] = [resultOf(before), resultOf(after)];
  if (!old && !now) return [];
  if (!old) return [change("result/added", after.name, inNew(after), [after.name])];
  if (!now) return [change("result/removed", after.name, inOld(before), [after.name])];
  const isChecked = after.body.kind === "handler" && before.body.kind === "handler";
  const differences = compareValues(old, now, widensOnWire).filter(({ what }) => isChecked || what !== "constraint");
  const fields = differences.filter(isField).map((field) => fieldChange(field, before, after));
  const values = differences.filter((difference) => !isField(difference));
  return [...fields, ...byCodeAndPath(values).map((alike) => valueChange(alike, after))];
}

const isField = ({ what }: Difference): boolean => what === "property added" || what === "property removed";

/** On the way out objects are open: a new field harms nobody, whether it must be there or not. */
function fieldChange(difference: Difference, before: Operation, after: Operation): Change {
  const { name, what } = difference;
  const field = [...propertiesOf(difference), name].join(".");
  const subject = `${after.name}.${field}`;
  return what === "property removed"
    ? change("result/field-removed", subject, inOld(before), [field, after.name])
    : change("result/field-added", subject, inNew(after), [field, after.name]);
}

function valueChange(alike: readonly [Difference, ...Difference[]], operation: Operation): Change {
  const path = propertiesOf(alike[0]);
  const what =
    path.length === 0
      ? `The result of "${operation.name}"`
      : `"${path.join(".")}" in the result of "${operation.name}"`;
  const subject = [operation.name, ...path].join(".");
  return change(codeOf(alike[0]), subject, inNew(operation), [what, alike.map(wordsOf)]);
}

const wordsOf = ({ path, words }: Difference): string => (path.at(-1) === "[]" ? `${words} in its items` : words);

function codeOf({ what, direction }: Difference) {
  if (direction === "narrower") return "result/narrowed";
  if (what === "constraint") return "result/constraint";
  return direction === "wider" ? "result/widened" : "result/type";
}

/** Differences that make one change: of one code, at one place of the result. */
function byCodeAndPath(differences: readonly Difference[]): readonly [Difference, ...Difference[]][] {
  const groups = new Map<string, [Difference, ...Difference[]]>();
  for (const difference of differences) {
    const key = [codeOf(difference), ...propertiesOf(difference)].join(".");
    const group = groups.get(key);
    if (group) group.push(difference);
    else groups.set(key, [difference]);
  }
  return [...groups.values()];
}
