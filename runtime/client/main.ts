/* The entry `appflare/client`: what a generated `client.ts` stands on. */

export type { JsonValue } from "../wire/jsonValue.ts";
export type { CountedPage, Page, TwoWayPage } from "../wire/page.ts";
export type { Shape } from "../wire/shape.ts";
export {
  type AuthShapes,
  authOf,
  type CodeAuth,
  type LinkAuth,
  type PasswordAuth,
  type SessionAuth,
  type SignedIn,
  type SocialAuth,
} from "./auth.ts";
export { type ClientOperation, type ClientOperations, clientOf } from "./client.ts";
export type { CredentialOptions, TokenStore } from "./credentials.ts";
export {
  AppflareError,
  type ClientErrorCode,
  type ErrorCode,
  type ErrorDetails,
  type ErrorOf,
  type IsError,
  isAppflareError,
  isErrorOf,
  type ServerErrorCode,
  type UnexpectedErrorCode,
} from "./error.ts";
export {
  type CallOptions,
  type ClientOptions,
  createTransport,
  type MutationOptions,
  type Outgoing,
  type Transport,
} from "./transport.ts";
