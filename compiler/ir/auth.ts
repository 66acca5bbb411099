import type { Place } from "../manifest/place.ts";
import type { Setting } from "./setting.ts";
import type { Column, Table } from "./table.ts";

/** How people sign in, and what `$user` and `$session` are. */
export interface AuthSettings {
  /** of the App: `users`, `sessions`, `accounts`, `verifications`, and `passkeys` where these are on */
  readonly tables: {
    readonly users: Table;
    readonly sessions: Table;
    readonly accounts: Table;
    readonly verifications: Table;
    readonly passkeys?: Table;
  };
  /** the first is everybody's at sign-up */
  readonly roles: readonly string[];
  /** what `$user` has, by name: columns of `users` */
  readonly user: ReadonlyMap<string, Column>;
  /** what `$session` has, by name: columns of `sessions` */
  readonly session: ReadonlyMap<string, Column>;
  /** `auth.user.fields`, in manifest order; `input`: given at sign-up */
  readonly fields: ReadonlyMap<string, { readonly column: Column; readonly input: boolean }>;
  readonly emailPassword?: { readonly minLength: number; readonly maxLength: number; readonly verify: boolean };
  /** one-time codes by mail */
  readonly emailCode?: { readonly length: number; readonly minutes: number };
  readonly magicLink?: { readonly minutes: number };
  readonly passkey?: { readonly name?: string; readonly id?: string };
  /** by provider, its settings by name: `clientId`, `clientSecret` */
  readonly social: ReadonlyMap<string, ReadonlyMap<string, Setting>>;
  /** who sends mail; absent: `dev` prints it */
  readonly mail?: { readonly module: string; readonly export: string };
  /** how long a session lasts, and how old it is when a use of it makes it last anew */
  readonly sessionDays: number;
  readonly refreshDays: number;
  readonly secret: Setting;
  readonly trustedOrigins: readonly Setting[];
  /** attempts of one address in so many seconds; absent: any number */
  readonly signInLimit?: { readonly requests: number; readonly seconds: number };
  readonly place: Place;
}
