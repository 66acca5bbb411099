import type { Validator } from "../server/call.ts";
import type { D1Binding } from "../server/d1.ts";
import type { Shape } from "../wire/shape.ts";
import type { AuthTables } from "./adapter.ts";
import type { SendMail } from "./mail.ts";

/** How people sign in, as data: what the manifest's `auth` says, without what stands in the environment. */
export interface AuthSettings {
  /** the app's name, as mail says it */
  readonly name: string;
  readonly emailPassword?: { readonly minLength: number; readonly maxLength: number; readonly verify: boolean };
  readonly emailCode?: { readonly length: number; readonly minutes: number };
  readonly magicLink?: { readonly minutes: number };
  readonly sessionDays: number;
  readonly refreshDays: number;
  /** everybody's at sign-up */
  readonly role: string;
  /** fields that sign-up may set; the others get their defaults */
  readonly inputs?: { readonly [field: string]: Shape };
}

/** A provider's own settings, `clientId` and `clientSecret` among them. */
export type SocialProviders = { readonly [provider: string]: { readonly [setting: string]: string } };

/** What a generated `auth.ts` says. */
export interface AuthOptions<Env extends object> {
  readonly settings: AuthSettings;
  readonly database: (env: Env) => D1Binding;
  readonly tables: AuthTables;
  /** judges the fields that sign-up sets; none where it sets none */
  readonly signUp?: Validator;
  readonly social?: (env: Env) => SocialProviders;
  /** absent: while developing, mail is printed */
  readonly mail?: SendMail<Env>;
}
