import type { OperationManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import { builtInErrors } from "./names.ts";
import type { DeclaredError } from "./operation.ts";
import { type LiteralContext, lowerText } from "./texts.ts";

/** The errors that an operation declares, and those that something in it raises. */
export interface ErrorUses {
  readonly declared: ReadonlyMap<string, DeclaredError>;
  readonly used: Set<string>;
}

/** Lowers `errors`, by code. */
export function lowerErrors(
  { errors = {} }: OperationManifest,
  place: Place,
  context: LiteralContext,
): ReadonlyMap<string, DeclaredError> {
  const lowered = new Map<string, DeclaredError>();
  for (const [code, { status, message }] of Object.entries(errors)) {
    const at = place.at("errors").at(code);
    if (builtInErrors.has(code)) context.report("name/built-in-error", at, [code], { at: "key" });
    const text = lowerText(message, at.at("message"), context);
    if (text !== undefined) lowered.set(code, { code, status, message: text, place: at });
  }
  return lowered;
}

/** An error that nothing raises is a mistake. What a handler raises, only its author knows. */
export function reportUnusedErrors({ declared, used }: ErrorUses, { report }: LiteralContext): void {
  for (const { code, place } of declared.values())
    if (!used.has(code))
      report("error/unused", place, [code], { at: "key", hint: `A step raises it by "else: ${code}".` });
}
