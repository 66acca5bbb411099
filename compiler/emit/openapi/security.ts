import type { JsonSchema } from "../../ir/jsonSchema.ts";
import type { Audience } from "../../ir/operation.ts";

/** The ways to say who calls. */
export const securitySchemes: { readonly [name in "bearer" | "cookie"]: JsonSchema } = {
  bearer: { type: "http", scheme: "bearer", description: "The token that signing in gives." },
  cookie: {
    type: "apiKey",
    in: "cookie",
    name: "appflare.session_token",
    description:
      "Set by signing in, with `__Secure-` before its name over HTTPS. Mutations must come from a known origin.",
  },
};

/** One of these requirements has to be met; an empty one is met by everybody. */
export type Security = readonly { readonly [scheme: string]: readonly string[] }[];

/** Who may call an operation; where a role is needed, each requirement names one (OpenAPI 3.1, "Security Requirement Object"). */
export function securityOf(auth: Audience): Security {
  const roles = typeof auth === "string" ? [[]] : auth.map((role) => [role]);
  const signedIn = Object.keys(securitySchemes).flatMap((scheme) => roles.map((needed) => ({ [scheme]: needed })));
  return auth === "public" ? [{}, ...signedIn] : signedIn;
}
