import type { Args } from "./args.ts";
import type { Detail } from "./errors.ts";
import type { PageOperation } from "./plan.ts";

/** Where in the pages a call wants to be. */
export interface PageArguments {
  readonly size?: number;
  readonly position?: string;
}

/** What a page takes by itself, apart from the operation's own arguments; null is as good as absent. */
export function takePageArguments(
  input: Args,
  { max }: PageOperation["size"],
): { readonly rest: Args; readonly page: PageArguments; readonly details: readonly Detail[] } {
  const { cursor, size, ...rest } = input;
  const details: Detail[] = [];
  const page: { size?: number; position?: string } = {};
  if (typeof cursor === "string") page.position = cursor;
  else if (cursor !== undefined && cursor !== null) details.push({ path: "cursor", message: "must be a string" });
  if (typeof size === "number" && Number.isInteger(size) && size >= 1 && size <= max) page.size = size;
  else if (size !== undefined && size !== null)
    details.push({ path: "size", message: `must be a whole number from 1 to ${max}` });
  return { rest, page, details };
}
