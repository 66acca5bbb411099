import { nanoid, uuidv7 } from "../server/ids.ts";

/* The entry `appflare/drizzle`: what a generated `schema.ts` takes beside Drizzle's own. */

export type { JsonValue } from "../wire/jsonValue.ts";
export { bigint, bytes, decimal } from "./columns.ts";
export { nanoid };

/** A fresh UUID of version 7. */
export function uuid(): string {
  return uuidv7(Date.now());
}
