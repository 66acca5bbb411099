import type * as z from "zod";
import { type Detail, detailsOf } from "./details.ts";

/** The arguments with their defaults, or what is wrong with them. */
export type Validated =
  | { readonly args: { readonly [name: string]: unknown } }
  | { readonly details: readonly Detail[] };

/**
 * A validator whose schema is built when it is first used: a Worker with a thousand operations starts as fast as one with ten.
 *
 * @param build makes the schema of all arguments, an object
 */
export function lazy(build: () => z.ZodType<object>): (input: unknown) => Validated {
  let schema: z.ZodType<object> | undefined;
  return (input) => {
    schema ??= build();
    const result = schema.safeParse(input, { reportInput: true });
    if (result.success) return { args: result.data as { readonly [name: string]: unknown } };
    return { details: detailsOf(result.error.issues) };
  };
}
