import type { AuthSettings } from "./settings.ts";

/*
 * The endpoints that are served, and no others of better-auth's: what changes users and their rights are operations, by the rules of the
 * manifest.
 */

const ALWAYS = ["POST /sign-out", "POST /revoke-sessions", "POST /revoke-other-sessions"];

const PASSWORD = [
  "POST /sign-up/email",
  "POST /sign-in/email",
  "POST /change-password",
  "POST /request-password-reset",
  "POST /reset-password",
  "GET /reset-password/:token",
  "POST /send-verification-email",
  "GET /verify-email",
];
const CODE = ["POST /email-otp/send-verification-otp", "POST /sign-in/email-otp", "POST /email-otp/verify-email"];
const CODE_FOR_PASSWORD = ["POST /email-otp/request-password-reset", "POST /email-otp/reset-password"];
const LINK = ["POST /sign-in/magic-link", "GET /magic-link/verify"];
const SOCIAL = ["POST /sign-in/social", "GET /callback/:id", "POST /callback/:id"];

/** Those that try what signs somebody in, or mail it: they count towards the limit of sign-in. */
const UNLIMITED: readonly string[] = ALWAYS;

/** What may be asked of an app, as `METHOD /path`, with a name for what varies. */
export function endpointsOf(
  { emailPassword, emailCode, magicLink }: AuthSettings,
  hasSocial: boolean,
): readonly string[] {
  return [
    ...ALWAYS,
    ...(emailPassword ? PASSWORD : []),
    ...(emailCode ? CODE : []),
    ...(emailCode && emailPassword ? CODE_FOR_PASSWORD : []),
    ...(magicLink ? LINK : []),
    ...(hasSocial ? SOCIAL : []),
  ];
}

/** The endpoint of a request among those that are served; undefined where it is none. */
export function endpointOf(endpoints: readonly string[], method: string, path: string): string | undefined {
  const asked = `${method} ${path}`;
  return endpoints.find((endpoint) => {
    const colon = endpoint.indexOf(":");
    if (colon < 0) return endpoint === asked;
    return asked.startsWith(endpoint.slice(0, colon)) && /^[\w.~-]+$/.test(asked.slice(colon));
  });
}

/** Whether a request counts towards the limit of sign-in. */
export function isLimited(endpoint: string): boolean {
  return endpoint.startsWith("POST ") && !UNLIMITED.includes(endpoint);
}
