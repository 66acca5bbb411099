import type { Place } from "../manifest/place.ts";
import { isMap, show } from "./constants.ts";
import type { BodyContext } from "./context.ts";
import type { Expectation } from "./operation.ts";

/** `expect`: `one`, `some`, `none`, a number, `{ min, max }`. */
export function lowerExpectation(
  written: unknown,
  place: Place,
  { report }: BodyContext,
): Expectation | "absent" | undefined {
  if (written === undefined) return "absent";
  if (written === "one") return { minimum: 1, maximum: 1, place };
  if (written === "some") return { minimum: 1, place };
  if (written === "none") return { minimum: 0, maximum: 0, place };
  if (isCount(written)) return { minimum: written, maximum: written, place };
  if (!isMap(written))
    return report("operation/option", place, [show(written), "one, some, none, a number, or { min, max }"]);
  const { min, max, ...others } = written;
  const fits =
    (min === undefined || isCount(min)) && (max === undefined || isCount(max)) && Object.keys(others).length === 0;
  if (!fits) return report("operation/option", place, [show(written), "one, some, none, a number, or { min, max }"]);
  const minimum = (min as number | undefined) ?? 0;
  if (max === undefined) return { minimum, place };
  if ((max as number) < minimum) return report("type/empty-range", place, ["min", "max"]);
  return { minimum, maximum: max as number, place };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
