import type { AuthSettings } from "../../ir/auth.ts";
import { type JsonSchema, propertiesSchema } from "../../ir/jsonSchema.ts";
import type { Column } from "../../ir/table.ts";
import { securityOf } from "./security.ts";

/*
 * What the Worker serves below `/auth`, as far as the manifest lets people sign in. The list is that of `runtime/auth/endpoints.ts`, and of
 * who is signed in; a test holds the two together.
 */

type Entry = readonly [name: string, value: JsonSchema];
type Answer = "nothing" | "signedIn" | "session" | "url" | "page";

const text: JsonSchema = { type: "string" };
const flag: JsonSchema = { type: "boolean" };

/** `METHOD /path`, what it takes (with `?` behind what may be left out), and what it answers. */
type Endpoint = readonly [endpoint: string, takes: string, answer: Answer];

const ALWAYS: readonly Endpoint[] = [
  ["GET /get-session", "", "session"],
  ["POST /sign-out", "", "nothing"],
  ["POST /revoke-sessions", "", "nothing"],
  ["POST /revoke-other-sessions", "", "nothing"],
];
const PASSWORD: readonly Endpoint[] = [
  ["POST /sign-up/email", "name email password image? callbackURL? rememberMe?", "signedIn"],
  ["POST /sign-in/email", "email password callbackURL? rememberMe?", "signedIn"],
  ["POST /change-password", "currentPassword newPassword revokeOtherSessions?", "nothing"],
  ["POST /request-password-reset", "email redirectTo?", "nothing"],
  ["POST /reset-password", "token newPassword", "nothing"],
  ["GET /reset-password/{token}", "callbackURL", "page"],
  ["POST /send-verification-email", "email callbackURL?", "nothing"],
  ["GET /verify-email", "token callbackURL?", "nothing"],
];
const CODE: readonly Endpoint[] = [
  ["POST /email-otp/send-verification-otp", "email type", "nothing"],
  ["POST /sign-in/email-otp", "email otp name? image?", "signedIn"],
  ["POST /email-otp/verify-email", "email otp", "signedIn"],
];
const CODE_FOR_PASSWORD: readonly Endpoint[] = [
  ["POST /email-otp/request-password-reset", "email", "nothing"],
  ["POST /email-otp/reset-password", "email otp password", "nothing"],
];
const LINK: readonly Endpoint[] = [
  ["POST /sign-in/magic-link", "email name? callbackURL?", "nothing"],
  ["GET /magic-link/verify", "token callbackURL?", "signedIn"],
];
const SOCIAL: readonly Endpoint[] = [
  ["POST /sign-in/social", "provider callbackURL? disableRedirect?", "url"],
  ["GET /callback/{id}", "", "page"],
  ["POST /callback/{id}", "", "page"],
];

/** The paths of sign-in. */
export function signInPaths(auth: AuthSettings): readonly Entry[] {
  const { emailPassword, emailCode, magicLink, social } = auth;
  const paths = new Map<string, JsonSchema>();
  for (const each of [
    ...ALWAYS,
    ...(emailPassword ? PASSWORD : []),
    ...(emailCode ? CODE : []),
    ...(emailCode && emailPassword ? CODE_FOR_PASSWORD : []),
    ...(magicLink ? LINK : []),
    ...(social.size > 0 ? SOCIAL : []),
  ]) {
    const [method, path] = each[0].split(" ") as [string, string];
    paths.set(`/auth${path}`, { ...paths.get(`/auth${path}`), [method.toLowerCase()]: operation(each, auth) });
  }
  return [...paths];
}

/** Who is signed in, and the session: what answers refer to. No name of the manifest has an underscore. */
export function signInSchemas({ user, session }: AuthSettings): readonly Entry[] {
  return [
    ["auth_user", openRow(user)],
    ["auth_session", openRow(session)],
  ];
}

const openRow = (columns: ReadonlyMap<string, Column>): JsonSchema =>
  propertiesSchema(required(columns.values()), { enums: "reference", objects: "open" });

const required = (columns: Iterable<Column>) =>
  new Map(Array.from(columns, (column) => [column.name, { ...column, optional: false }]));

function operation([endpoint, takes, answer]: Endpoint, auth: AuthSettings): JsonSchema {
  const [method, path] = endpoint.split(" ") as [string, string];
  const names = takes.split(" ").filter((name) => name !== "");
  const inPath = /\{(\w+)\}/.exec(path)?.[1];
  const isPost = method === "POST";
  const parameters = [
    ...(inPath === undefined ? [] : [{ name: inPath, in: "path", required: true, schema: text }]),
    ...(isPost ? [] : names.map((name) => ({ name: bare(name), in: "query", required: isNeeded(name), schema: text }))),
  ];
  return {
    operationId: ["auth", ...endpoint.toLowerCase().match(/[a-z]+/g)!].join("_"),
    tags: ["auth"],
    security: securityOf(ofSession.includes(path) ? "user" : "public"),
    ...(parameters.length > 0 && { parameters }),
    ...(isPost && names.length > 0 && { requestBody: { required: true, content: json(body(endpoint, names, auth)) } }),
    responses: {
      ...(answer === "page"
        ? { "302": { description: "Where to go on." } }
        : { "200": { description: "The answer.", content: json(answers[answer]) } }),
      default: { description: "A refusal.", content: json({ $ref: "#/components/schemas/error_envelope" }) },
    },
  };
}

/** What only whoever is signed in may ask. */
const ofSession: readonly string[] = ["/sign-out", "/revoke-sessions", "/revoke-other-sessions", "/change-password"];

const bare = (name: string): string => name.replace("?", "");
const isNeeded = (name: string): boolean => !name.endsWith("?");
const flags: readonly string[] = ["rememberMe", "revokeOtherSessions", "disableRedirect"];

/** What is sent; at sign-up the fields that it may set, too. */
function body(endpoint: string, names: readonly string[], { fields }: AuthSettings): JsonSchema {
  const own = Object.fromEntries(names.map((name) => [bare(name), flags.includes(bare(name)) ? flag : text]));
  const given = [...fields.values()].flatMap(({ column, input }) => (input ? [column] : []));
  const inputs = endpoint === "POST /sign-up/email" ? given : [];
  const more = propertiesSchema(required(inputs), { enums: "reference" })["properties"] as JsonSchema;
  const needed = inputs.filter(({ nullable, default: fallback }) => !nullable && fallback === undefined);
  return {
    type: "object",
    properties: { ...own, ...more },
    required: [...names.filter(isNeeded), ...needed.map(({ name }) => name)],
  };
}

const user: JsonSchema = { $ref: "#/components/schemas/auth_user" };
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: "null" }] });
const object = (properties: JsonSchema): JsonSchema => ({
  type: "object",
  properties,
  required: Object.keys(properties),
});

const answers: { readonly [answer in Exclude<Answer, "page">]: JsonSchema } = {
  nothing: { description: "Nothing that a caller needs." },
  signedIn: object({ token: { type: ["string", "null"] }, user: orNull(user) }),
  session: orNull(object({ user, session: { $ref: "#/components/schemas/auth_session" } })),
  url: object({ url: text, redirect: flag }),
};

const json = (schema: JsonSchema): JsonSchema => ({ "application/json": { schema } });
