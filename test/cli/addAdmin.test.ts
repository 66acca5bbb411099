import { join } from "node:path";
import { expect, test } from "vitest";
import { withLocalDatabase } from "../../compiler/cli/migration/localPlatform.ts";
import { checkProject, openProject } from "../../compiler/cli/project.ts";
import { verifyPassword } from "../../runtime/auth/password.ts";
import { projectFolder } from "./project.ts";
import { appflare } from "./terminal.ts";

const manifest = `appflare: 1
name: notes
tables:
  notes: { columns: { id: uuid, text: string } }
queries:
  notes/list: { auth: admin, list: notes }
auth: { emailPassword: { minLength: 12 } }
`;

interface Kept {
  readonly email: string;
  readonly role: string;
  readonly password: string | null;
}

/** Who is in the local database of a project. */
const kept = (folder: string): Promise<readonly Kept[]> =>
  ask<Kept>(folder, `SELECT "email", "role", "password" FROM "users" LEFT JOIN "accounts" ON "user_id" = "users"."id"`);

function ask<Row>(folder: string, sql: string): Promise<readonly Row[]> {
  const io = {
    cwd: folder,
    env: {},
    isTTY: false,
    out: () => {},
    err: () => {},
    interrupted: () => AbortSignal.abort(),
  };
  const project = openProject(io, undefined, undefined);
  return withLocalDatabase(
    project,
    checkProject(project).app!,
    join(folder, ".wrangler/state"),
    async (database) => (await database.prepare(sql).all<Row>()).results,
  );
}

test("somebody new becomes an administrator with a password that is shown once", async () => {
  const folder = projectFolder({ "appflare.yaml": manifest });
  const { code, out, err } = await appflare(folder, "add-admin", "--email", "Ann@example.com");
  expect({ code, err: err.includes("Ann") }).toEqual({ code: 0, err: false });
  expect(out).toContain("ann@example.com is a new user and an administrator.");
  const password = /^Password, shown this once: (\S+)$/m.exec(out)![1]!;
  const [ann] = await kept(folder);
  expect(ann).toMatchObject({ email: "ann@example.com", role: "admin" });
  expect(await verifyPassword({ hash: ann!.password!, password })).toBe(true);
  expect(await verifyPassword({ hash: ann!.password!, password: `${password}x` })).toBe(false);

  const again = await appflare(folder, "add-admin", "--email", "ann@example.com");
  expect(again.out).toBe("ann@example.com is now an administrator.\n");
  const given = await appflare(folder, "add-admin", "--email", "ann@example.com", "--password", "a new password");
  expect(given.out).not.toContain("a new password");
  const rows = await kept(folder);
  expect(rows).toHaveLength(1);
  expect(await verifyPassword({ hash: rows[0]!.password!, password: "a new password" })).toBe(true);
}, 60_000);

test("somebody who may have signed up with another's address is told of, and is shut out by a new password", async () => {
  const folder = projectFolder({ "appflare.yaml": manifest });
  await appflare(folder, "add-admin", "--email", "eve@example.com");
  await ask(folder, `UPDATE "users" SET "role" = 'user', "email_verified" = 0`);
  const session = `'s', 't', 1, 1, 1, "id" FROM "users"`;
  const columns = '"id", "token", "expires_at", "created_at", "updated_at", "user_id"';
  await ask(folder, `INSERT INTO "sessions" (${columns}) SELECT ${session}`);
  const told = await appflare(folder, "add-admin", "--email", "eve@example.com");
  expect(told).toMatchObject({ code: 0, err: expect.stringContaining("whoever signed up with it") });
  const given = await appflare(folder, "add-admin", "--email", "eve@example.com", "--password", "a new password");
  expect(given).toMatchObject({ code: 0, err: "" });
  expect(await ask(folder, 'SELECT * FROM "sessions"')).toEqual([]);
  expect(await ask(folder, 'SELECT "email_verified" AS "known" FROM "users"')).toEqual([{ known: 1 }]);
}, 60_000);

test("a manifest's warnings are told where it is compiled", async () => {
  const folder = projectFolder({ "appflare.yaml": manifest.replace("auth: admin, ", "") });
  expect((await appflare(folder, "compile", "--check")).err).toContain("warning");
  expect((await appflare(folder, "add-admin", "--email", "ann@example.com")).err).toBe("");
}, 60_000);

test("what it refuses", async () => {
  const folder = projectFolder({ "appflare.yaml": manifest });
  expect(await appflare(folder, "add-admin")).toMatchObject({ code: 2, err: expect.stringContaining("--email") });
  const short = await appflare(folder, "add-admin", "--email", "a@b.de", "--password", "short");
  expect(short).toMatchObject({ code: 2, err: expect.stringContaining("12 to 128 characters") });
  const without = projectFolder({
    "appflare.yaml": manifest.replace(/^auth: .*$/m, "").replace("auth: admin", "auth: public"),
  });
  const nobody = await appflare(without, "add-admin", "--email", "a@b.de");
  expect(nobody).toMatchObject({ code: 2, err: expect.stringContaining("no auth section") });
  const roles = projectFolder({
    "appflare.yaml": manifest.replace("auth: admin", "auth: boss").replace("auth: {", "auth: { roles: [user, boss],"),
  });
  const none = await appflare(roles, "add-admin", "--email", "a@b.de");
  expect(none).toMatchObject({ code: 2, err: expect.stringContaining('auth.roles has no "admin"') });
});
