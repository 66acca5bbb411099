import { expect, test } from "vitest";
import { curlLines } from "../../compiler/cli/curl.ts";
import { checkProject, openProject } from "../../compiler/cli/project.ts";
import { projectFolder } from "./project.ts";

const ORIGIN = "http://127.0.0.1:8787";

/** What `dev` says to try of a manifest. */
function lines(auth: string, operations: string): string[] {
  const manifest = `appflare: 1\nname: notes\ntables: { notes: { columns: { id: integer, text: string } } }\n${operations}\n${auth}`;
  const cwd = projectFolder({ "appflare.yaml": manifest });
  const io = { cwd, env: {}, isTTY: false, out: () => {}, err: () => {}, interrupted: () => AbortSignal.abort() };
  return curlLines(checkProject(openProject(io, undefined, undefined)).app!, ORIGIN);
}

const operations = `queries: { all: { list: notes }, admins: { list: notes, auth: admin } }`;

test("what to try first signs up, sends the token, and needs no role", () => {
  const [signUp, all, health] = lines("auth: { emailPassword: true }", operations);
  expect(signUp).toContain(`curl -s -X POST ${ORIGIN}/auth/sign-up/email`);
  expect(all).toBe(`curl -H "authorization: Bearer $TOKEN" ${ORIGIN}/queries/all`);
  expect(health).toBe(`curl ${ORIGIN}/health`);
});

test("who has to verify an address has no token yet", () => {
  expect(lines("auth: { emailPassword: { verify: true } }", operations)[0]).toContain("$TOKEN");
});

test("nobody signs up for what the public may ask", () => {
  const open = "queries: { all: { list: notes, auth: public } }";
  expect(lines("", open)).toEqual([`curl ${ORIGIN}/queries/all`, `curl ${ORIGIN}/health`]);
  expect(lines("auth: { emailPassword: true }", open)).toEqual(lines("", open));
});
