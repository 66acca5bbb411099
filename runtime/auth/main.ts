/* The entry `appflare/auth`: what a generated `auth.ts` calls. It is loaded with the first request to `/auth/*`. */

export { createAuth } from "./createAuth.ts";
export type { Mail } from "./mail.ts";
export type { AuthOptions } from "./settings.ts";
