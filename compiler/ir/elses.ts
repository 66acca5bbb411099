import type { ElseManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import type { BodyContext } from "./context.ts";
import type { ErrorUses } from "./declaredErrors.ts";
import type { DeclaredError, StepBody } from "./operation.ts";

/** The built-in codes that the words of a map stand for. */
const codes = { notFound: "not_found", unique: "unique_violation", check: "check_violation" } as const;

/**
 * `else`: the declared error in the place of whatever `expect` or a check refuses with, or errors by what is wrong.
 *
 * @param body what is refused; undefined where it is wrong, which was said
 * @returns declared errors by the built-in code that they stand for
 */
export function lowerElse(
  written: ElseManifest | undefined,
  body: StepBody | undefined,
  place: Place,
  errors: ErrorUses,
  context: BodyContext,
): ReadonlyMap<string, DeclaredError> {
  const lowered = new Map<string, DeclaredError>();
  if (written === undefined) return lowered;
  const counts = body === undefined || body.kind === "check" || ("expect" in body && body.expect !== undefined);
  if (typeof written === "string") {
    const error = declaredError(written, place, errors, context);
    if (!counts) context.report(uncounted(body), place, [], { at: "key" });
    else if (error) for (const code of ["not_found", "conflict"]) lowered.set(code, error);
    return lowered;
  }
  for (const [word, code] of Object.entries(codes)) {
    const name = written[word as keyof typeof codes];
    if (name === undefined) continue;
    const isFewRows = word === "notFound";
    if (isFewRows && !counts) context.report(uncounted(body), place.at(word), [], { at: "key" });
    else if (body && !(isFewRows ? canLack(body) : canViolate(body)))
      context.report("operation/no-use", place.at(word), [word, `the "else" of this`], { at: "key" });
    const error = declaredError(name, place.at(word), errors, context);
    if (error) lowered.set(code, error);
  }
  return lowered;
}

/** Why there is no number of rows that could be wrong. */
const uncounted = (body: StepBody) =>
  body.kind === "insert" || body.kind === "upsert" ? "write/else-of-new-row" : "write/else-without-expect";

/** Whether there can be too few rows: a check that there is none refuses when there are some. */
const canLack = (body: StepBody): boolean => body.kind !== "check" || body.is === "some";

/** Whether it writes values, which a constraint may refuse. */
const canViolate = ({ kind }: StepBody): boolean => kind === "insert" || kind === "update" || kind === "upsert";

function declaredError(
  name: string,
  place: Place,
  { declared, used }: ErrorUses,
  { report }: BodyContext,
): DeclaredError | undefined {
  used.add(name);
  const error = declared.get(name);
  return error ?? report("reference/unknown-error", place, [name], { suggest: [name, declared.keys()] });
}
