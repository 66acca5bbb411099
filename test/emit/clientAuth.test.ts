import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generateFrom, workFolder, writeProject, writeTsconfig } from "./compileSpec.ts";

const manifest = (auth: string) => `
appflare: 1
name: shop
enums: { Plan: [free, pro], Session: [open, closed] }
auth:
${auth}
tables:
  orders: { columns: { id: integer, state: Session }, relations: { buyer: { one: users } }, rules: { read: { own: { buyerId: $user.id } } } }
queries:
  orders/list: { list: orders }
  orders/all: { list: orders, auth: [staff, admin], as: system, because: Staff look after all orders. }
  orders/open: { list: orders, auth: public, where: { state: open } }
mutations:
  orders/remove: { args: { id: integer }, delete: orders, where: { id: $args.id }, expect: one }
`;

const passwords = `
  emailPassword: true
  roles: [user, staff, admin]
  user:
    fields:
      plan: { type: Plan, default: free }
      born: { type: timestamp?, input: true }
      code: { type: bigint, input: true }
`;
const codes = `
  emailCode: true
  social: { github: { clientId: $env.ID, clientSecret: $env.SECRET } }
  roles: [user, staff, admin]
`;

const verifying = "  emailPassword: { verify: true }\n  roles: [user, staff, admin]";

const use = `
import { createClient, isError, type User } from "./passwords/client.js";
import { createClient as createOther } from "./codes/client.js";
import { createClient as createVerifying } from "./verifying/client.js";

const client = createClient({
  baseUrl: "",
  tokens: { load: async () => undefined, store: (_: string) => {}, clear: () => {} },
  onSignedOut: () => {},
});
const signUp = { name: "a", email: "a@x.test", password: "secret" };
const { user, token } = await client.auth.signUp({ ...signUp, code: 7n, born: new Date() });
export const kept: string = token;
export const plan: "free" | "pro" = user.plan;
export const born: Date | null = user.born;
export const role: User["role"] = "staff";
// @ts-expect-error a field that has to be given
await client.auth.signUp(signUp);
// @ts-expect-error no field of sign-up
await client.auth.signUp({ ...signUp, code: 7n, plan: "pro" });
// @ts-expect-error a password is missing
await client.auth.signIn({ email: "a@x.test" });
// @ts-expect-error nobody signs in by a code
await client.auth.sendCode({ email: "a@x.test" });
await client.auth.signOut();
export const expires: Date | undefined = (await client.auth.session())?.session.expiresAt;

const verifying = createVerifying({ baseUrl: "" });
export const nobody: null = await verifying.auth.signUp(signUp);

const other = createOther({ baseUrl: "", cookies: true });
await other.auth.sendCode({ email: "a@x.test" });
export const email: string = (await other.auth.signInWithCode({ email: "a@x.test", otp: "1" })).user.email;
// @ts-expect-error no such provider
await other.auth.socialUrl({ provider: "google", callbackURL: "" });
await other.auth.socialUrl({ provider: "github", callbackURL: "" });
// @ts-expect-error there are no passwords
await other.auth.signIn({ email: "a@x.test", password: "secret" });

export function told(error: unknown): string {
  if (isError(error, "orders/remove") && error.code === "forbidden")
    return error.details?.rules.map(({ name, message }) => message ?? name).join() ?? "";
  if (isError(error, "orders/all")) return error.code === "forbidden" ? "no role" : error.code;
  // @ts-expect-error nobody is refused by a rule who reads
  return isError(error, "orders/list") && error.code === "forbidden" ? "" : "";
}
`;

const named = (folder: string, auth: string) => {
  const files = generateFrom(manifest(auth));
  const client = files.find(({ path }) => path === "client.ts")!;
  return {
    openapi: files.find(({ path }) => path === "openapi.json")!,
    client: { ...client, path: `${folder}/client.ts` },
  };
};

test("client.auth has the ways to sign in that are declared, and who signs in is typed", { timeout: 60_000 }, () => {
  const { path, remove } = workFolder("clientAuth");
  writeProject(path, [
    named("passwords", passwords).client,
    named("codes", codes).client,
    named("verifying", verifying).client,
  ]);
  writeTsconfig(path);
  writeFileSync(join(path, "use.ts"), use.replaceAll('"./', '"./generated/'));
  const tsc = join(import.meta.dirname, "../../node_modules/.bin/tsc");
  const { stdout } = spawnSync(tsc, ["-p", path, "--pretty", "false"], { encoding: "utf8" });
  expect(stdout).toBe("");
  remove();
});

test("the API's document says who may call, and that others are refused", () => {
  const { paths, components } = JSON.parse(named("", passwords).openapi.contents);
  expect(Object.keys(components.securitySchemes)).toEqual(["bearer", "cookie"]);
  const list = paths["/queries/orders/list"].get;
  expect(list.security).toEqual([{ bearer: [] }, { cookie: [] }]);
  expect(Object.keys(list.responses)).toEqual(expect.arrayContaining(["200", "401"]));
  expect(list.responses).not.toHaveProperty("403");
  const all = paths["/queries/orders/all"].get;
  expect(all.security).toEqual([
    { bearer: ["staff"] },
    { bearer: ["admin"] },
    { cookie: ["staff"] },
    { cookie: ["admin"] },
  ]);
  expect(all.responses).toHaveProperty("403");
  expect(paths["/queries/orders/open"].get.security[0]).toEqual({});
  expect(paths["/mutations/orders/remove"].post.responses).toHaveProperty("403");
  expect(paths["/health"].get).not.toHaveProperty("security");
});
