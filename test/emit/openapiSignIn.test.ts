import { expect, test } from "vitest";
import { signInPaths } from "../../compiler/emit/openapi/signIn.ts";
import { endpointsOf } from "../../runtime/auth/endpoints.ts";
import { appOf } from "../plan/manifest.ts";

/* The description of the API has the endpoints of sign-in that the Worker serves, and no others. */

const ways = {
  emailPassword: "emailPassword: true",
  emailCode: "emailCode: true",
  magicLink: "magicLink: true",
  social: "social: { github: { clientId: $env.ID, clientSecret: $env.SECRET } }",
};

test.each([
  ["emailPassword"],
  ["emailCode"],
  ["magicLink"],
  ["emailPassword", "social"],
  ["emailPassword", "emailCode", "magicLink", "social"],
] as (keyof typeof ways)[][])("by %s %s %s %s", (...by) => {
  const said = by.filter((way) => way !== undefined);
  const { auth } = appOf(
    `auth: { ${said.map((way) => ways[way]).join(", ")} }\ntables: { notes: { columns: { id: uuid } } }`,
    "user",
  );
  const settings = Object.fromEntries(said.map((way) => [way, {}])) as unknown as Parameters<typeof endpointsOf>[0];
  const served = endpointsOf(settings, said.includes("social")).map((each) => each.replace(/:(\w+)/, "{$1}"));
  const described = signInPaths(auth!).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace("/auth", "")}`),
  );
  expect(described.toSorted()).toEqual([...served, "GET /get-session"].toSorted());
});
