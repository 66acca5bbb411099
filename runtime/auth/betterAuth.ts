import { AsyncLocalStorage } from "node:async_hooks";
import { APIError } from "better-auth/api";
import { type BetterAuthOptions, betterAuth } from "better-auth/minimal";
import { bearer } from "better-auth/plugins/bearer";
import { emailOTP } from "better-auth/plugins/email-otp";
import { magicLink } from "better-auth/plugins/magic-link";
import { d1 } from "../server/d1.ts";
import { adapterOf } from "./adapter.ts";
import { codeMail, linkMail, mailer } from "./mail.ts";
import { hashPassword, verifyPassword } from "./password.ts";
import type { AuthOptions, AuthSettings } from "./settings.ts";

const DAY = 24 * 60 * 60;

/** Where an app is reached, and what it is given there. */
export interface Place<Env> {
  readonly env: Env;
  /** `https://api.example.com` */
  readonly origin: string;
  readonly basePath: string;
  readonly origins: readonly string[];
  readonly secret: string;
}

/** What lets the work of a request go on behind its answer: better-auth is one for many requests. */
export const deferring = new AsyncLocalStorage<(work: Promise<unknown>) => void>();

/** better-auth, set up as the manifest says. */
export function makeBetterAuth<Env extends object>(options: AuthOptions<Env>, place: Place<Env>) {
  const { settings, tables, social } = options;
  const { env, origin, basePath, origins, secret } = place;
  const send = mailer(env, options.mail);
  const linkTo = (kind: Parameters<typeof linkMail>[0]) => (to: string, url: string) =>
    send(linkMail(kind, settings.name, to, url));
  const mailVerify = linkTo("verify");
  const mailReset = linkTo("reset");
  const mailLink = linkTo("magicLink");
  const { emailPassword, emailCode, magicLink: link } = settings;
  const adapter = adapterOf(d1(options.database(env)), tables, settings.inputs);
  return betterAuth({
    appName: settings.name,
    ...{ secret, baseURL: origin, basePath, database: adapter },
    trustedOrigins: origins.filter((each) => each !== "*"),
    advanced: {
      cookiePrefix: "appflare",
      useSecureCookies: origin.startsWith("https:"),
      ipAddress: { ipAddressHeaders: ["cf-connecting-ip"] },
      backgroundTasks: { handler: (work) => deferring.getStore()?.(work) },
    },
    // the limit of sign-in is counted before a request comes here
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    session: { expiresIn: settings.sessionDays * DAY, disableSessionRefresh: true },
    user: { additionalFields: fieldsOf(settings) },
    account: { accountLinking: { enabled: true } },
    databaseHooks: { session: { create: { before: refuseBanned } } },
    ...(emailPassword && {
      emailAndPassword: {
        enabled: true,
        minPasswordLength: emailPassword.minLength,
        maxPasswordLength: emailPassword.maxLength,
        requireEmailVerification: emailPassword.verify,
        revokeSessionsOnPasswordReset: true,
        password: { hash: hashPassword, verify: verifyPassword },
        sendResetPassword: ({ user, url }) => mailReset(user.email, url),
      },
      emailVerification: {
        sendOnSignUp: emailPassword.verify,
        sendOnSignIn: emailPassword.verify,
        sendVerificationEmail: ({ user, url }) => mailVerify(user.email, url),
      },
    }),
    ...(social && { socialProviders: social(env) as never }),
    plugins: [
      bearer(),
      ...(emailCode
        ? [
            emailOTP({
              otpLength: emailCode.length,
              expiresIn: emailCode.minutes * 60,
              storeOTP: "hashed",
              sendVerificationOTP: ({ email, otp }) => send(codeMail(settings.name, email, otp)),
            }),
          ]
        : []),
      ...(link
        ? [
            magicLink({
              expiresIn: link.minutes * 60,
              storeToken: "hashed",
              sendMagicLink: ({ email, url }) => mailLink(email, url),
            }),
          ]
        : []),
    ],
  } satisfies BetterAuthOptions);
}

/** What better-auth has to know of users beside its own: who is banned, and what sign-up may set. That was judged when it comes here. */
function fieldsOf({ role, inputs = {} }: AuthSettings) {
  const own = { type: "string", input: false, required: false } as const;
  // its own types would change values that are stored by their shapes
  const validator = {
    input: { "~standard": { version: 1, vendor: "appflare", validate: (value: unknown) => ({ value }) } },
  };
  const given = Object.keys(inputs).map(
    (name) => [name, { type: "string", required: false, returned: false, validator }] as const,
  );
  return {
    ...Object.fromEntries(given),
    role: { ...own, defaultValue: role },
    banned: { ...own, type: "boolean" },
    banExpires: { ...own, type: "date" },
  } as never;
}

/** A ban holds for new sessions, too. */
async function refuseBanned(
  session: { userId: string },
  context: { context: { internalAdapter: { findUserById(id: string): Promise<unknown> } } } | null,
): Promise<void> {
  const user = (await context?.context.internalAdapter.findUserById(session.userId)) as
    | { banned?: boolean | null; banExpires?: Date | null }
    | null
    | undefined;
  const isBanned = user?.banned && !(user.banExpires && user.banExpires.getTime() <= Date.now());
  if (isBanned) throw new APIError("FORBIDDEN", { code: "BANNED", message: "This account is banned." });
}
