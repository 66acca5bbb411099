import { Refusal } from "./errors.ts";
import { lookup } from "./lookup.ts";
import type { DeclaredErrors } from "./plan.ts";

/** A refusal as the declared error that `else` puts in its place, with the same details; as it is where there is none. */
export function asDeclared(
  refusal: Refusal,
  codes: { readonly [builtIn: string]: string } | undefined,
  errors: DeclaredErrors | undefined,
): Refusal {
  const code = lookup(codes, refusal.code);
  const declared = code === undefined ? undefined : lookup(errors, code);
  return declared ? new Refusal(declared.status, code!, declared.message, refusal.extras) : refusal;
}
