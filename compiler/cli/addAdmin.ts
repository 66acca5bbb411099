import { randomBytes, scryptSync } from "node:crypto";
import type { App } from "../ir/app.ts";
import type { AuthSettings } from "../ir/auth.ts";
import type { Table } from "../ir/table.ts";
import { quoteName, quoteText } from "../plan/quote.ts";
import { applyWrites } from "../write/apply.ts";
import { type Call, CommandError, type ExitCode } from "./command.ts";
import type { Io } from "./io.ts";
import { reason } from "./localDatabase.ts";
import { evolve } from "./migration/evolve.ts";
import { goalOf, showProblem } from "./migration/evolveLocally.ts";
import { withLocalDatabase } from "./migration/localPlatform.ts";
import { compileForMigration } from "./migration/write.ts";
import { openProject, type Project, stateFolder } from "./project.ts";
import { showErrors } from "./show.ts";
import { wrangler } from "./wrangler.ts";
import { withFilledConfig } from "./wranglerConfig.ts";

/** The role of administrators. */
const ADMIN = "admin";
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

type Row = { readonly [column: string]: unknown };
/** Runs a statement on the database that is meant. */
type Ask = (sql: string) => Promise<readonly Row[]>;

/** `appflare add-admin`: somebody becomes an administrator, and is made where there is nobody of that address. */
export async function run({ positionals, values, flags }: Call, io: Io): Promise<ExitCode> {
  const project = openProject(io, positionals[0], values.out);
  const email = addressOf(values.email);
  const compiled = compileForMigration(project, io, showErrors);
  if (!compiled) return 1;
  const app = compiled.app!;
  const auth = authOf(app);
  if (values.password !== undefined) checkPassword(values.password, auth);
  applyWrites(compiled.plan!, project.out);
  const work = (ask: Ask) => addAdmin(auth, email, values.password, ask, io);
  try {
    if (flags.has("remote")) return await withRemoteDatabase(app, project, io, work);
    const state = stateFolder(project, values["persist-to"]);
    return await withLocalDatabase(project, app, state, async (database) => {
      if (!showProblem(await evolve(database, goalOf(project, compiled, false)), io)) return 1;
      return work(async (sql) => (await database.prepare(sql).all<Row>()).results);
    });
  } catch (error) {
    if (error instanceof CommandError) throw error;
    io.err(`${email} was not made an administrator: ${reason(error)}\n`);
    return 1;
  }
}

/** @throws CommandError */
function addressOf(email: string | undefined): string {
  if (email === undefined || !EMAIL.test(email)) throw new CommandError("--email says whose address: ann@example.com.");
  return email.toLowerCase();
}

/** @throws CommandError */
function authOf({ auth }: App): AuthSettings {
  if (!auth) throw new CommandError("the manifest has no auth section, so nobody signs in.");
  if (!auth.roles.includes(ADMIN)) throw new CommandError(`auth.roles has no "${ADMIN}".`);
  return auth;
}

/** @throws CommandError */
function checkPassword(password: string, { emailPassword }: AuthSettings): void {
  if (!emailPassword) throw new CommandError("--password: the manifest has no auth.emailPassword.");
  const { minLength, maxLength } = emailPassword;
  if (password.length < minLength || password.length > maxLength)
    throw new CommandError(`--password has to have ${minLength} to ${maxLength} characters.`);
}

async function addAdmin(
  { tables, emailPassword }: AuthSettings,
  email: string,
  given: string | undefined,
  ask: Ask,
  io: Io,
): Promise<ExitCode> {
  const { users, accounts, sessions } = tables;
  const asked = `SELECT "id", ${columnOf(users, "emailVerified")} AS "verified"`;
  const [found] = await ask(`${asked} FROM ${quoteName(users.sqlName)} WHERE ${isEqual(users, "email", email)}`);
  const id = found ? String(found["id"]) : freshId();
  const now = Date.now();
  const times = { createdAt: now, updatedAt: now };
  // who gives the password knows whose address it is
  const isKnown = given !== undefined && { emailVerified: 1 };
  if (found) await ask(update(users, { role: ADMIN, updatedAt: now, ...isKnown }, isEqual(users, "id", id)));
  else await ask(insert(users, { id, name: email.split("@")[0]!, email, emailVerified: 1, role: ADMIN, ...times }));
  const password = given ?? (found || !emailPassword ? undefined : freshId());
  if (password !== undefined) {
    const isOwn = `${isEqual(accounts, "userId", id)} AND ${isEqual(accounts, "providerId", "credential")}`;
    const [kept] = await ask(`SELECT "id" FROM ${quoteName(accounts.sqlName)} WHERE ${isOwn}`);
    const hash = hashPassword(password);
    if (kept) await ask(update(accounts, { password: hash, updatedAt: now }, isOwn));
    else {
      const account = { id: freshId(), accountId: id, providerId: "credential", userId: id, password: hash, ...times };
      await ask(insert(accounts, account));
    }
    // who was there by another password is there no longer
    if (found) await ask(`DELETE FROM ${quoteName(sessions.sqlName)} WHERE ${isEqual(sessions, "userId", id)}`);
  }
  io.out(`${email} is ${found ? "now" : "a new user and"} an administrator.\n`);
  if (found && !found["verified"] && given === undefined) io.err(unverified(email));
  if (given === undefined && password !== undefined) io.out(`Password, shown this once: ${password}\n`);
  return 0;
}

/** Anybody may have signed up with an address that is not theirs. */
const unverified = (email: string): string =>
  `Nobody has verified that ${email} is theirs: whoever signed up with it is an administrator now. --password gives them a new password and ends their sessions.\n`;

type Values = { readonly [column: string]: string | number };

function insert(table: Table, values: Values): string {
  const names = Object.keys(values).map((name) => columnOf(table, name));
  return `INSERT INTO ${quoteName(table.sqlName)} (${names.join(", ")}) VALUES (${Object.values(values).map(literal).join(", ")})`;
}

function update(table: Table, values: Values, where: string): string {
  const set = Object.entries(values).map(([name, value]) => `${columnOf(table, name)} = ${literal(value)}`);
  return `UPDATE ${quoteName(table.sqlName)} SET ${set.join(", ")} WHERE ${where}`;
}

function isEqual(table: Table, column: string, value: string): string {
  return `${columnOf(table, column)} = ${quoteText(value)}`;
}

function columnOf(table: Table, name: string): string {
  return quoteName(table.columns.get(name)!.sqlName);
}

function literal(value: string | number): string {
  return typeof value === "number" ? String(value) : quoteText(value);
}

function freshId(): string {
  return randomBytes(24).toString("base64url");
}

/** As the Worker keeps a password and reads it (`runtime/auth/password.ts`). */
function hashPassword(password: string): string {
  const salt = randomBytes(16).toString("hex");
  const key = scryptSync(password.normalize("NFKC"), salt, 64, { N: 16_384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 });
  return `${salt}:${key.toString("hex")}`;
}

/** The deployed database, by wrangler. */
function withRemoteDatabase<T>(app: App, project: Project, io: Io, use: (ask: Ask) => Promise<T>): Promise<T> {
  return withFilledConfig(project, io, (config) =>
    use(async (sql) => {
      const words = ["d1", "execute", app.database.binding, "--remote", "--json", "--config", config, "--command", sql];
      const { ok, output } = await wrangler(words, project.folder, io.env);
      if (!ok) throw new CommandError(`the remote database was not reached.\n${output}`);
      const [answer] = JSON.parse(output.slice(output.indexOf("["))) as readonly { readonly results: readonly Row[] }[];
      return answer?.results ?? [];
    }),
  );
}
