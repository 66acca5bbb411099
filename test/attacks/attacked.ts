import { cpSync } from "node:fs";
import { expect } from "vitest";
import { queryPath } from "../../compiler/cli/test/request.ts";
import { type Answer, type As, SignInServer } from "../auth/server.ts";
import { emptyFolder, startFolder } from "../conformance/specServer.ts";

/** What no answer may say: the words of the database, its names, and the code's. */
const INNER = /sqlite|d1_error|syntax|select |insert into|owner_id|org_id|_af_|stack|\bat .*\.[jt]s\b/i;

/** The Worker of this folder under attack. Of whatever it answers the inside of it is never seen. */
export class Attacked {
  readonly server: SignInServer;

  private constructor(server: SignInServer) {
    this.server = server;
  }

  static async start(purpose: string): Promise<Attacked> {
    const folder = emptyFolder(purpose, "attacks");
    cpSync(new URL("appflare.yaml", import.meta.url), `${folder}/appflare.yaml`);
    return new Attacked(new SignInServer(await startFolder(folder)));
  }

  async ask(method: "GET" | "POST", path: string, as: As = {}, body?: object | string): Promise<Answer> {
    const answer = await this.server.ask(method, path, as, body);
    expect(JSON.stringify(answer.body), `${method} ${path}`).not.toMatch(INNER);
    expect(answer.status, `${method} ${path}`).not.toBe(500);
    return answer;
  }

  query(name: string, as: As = {}, args: object = {}): Promise<Answer> {
    return this.ask("GET", queryPath(name, { ...args }), as);
  }

  mutate(name: string, as: As = {}, args: object = {}): Promise<Answer> {
    return this.ask("POST", `/mutations/${name}`, as, args);
  }

  async sql(text: string, ...values: unknown[]): Promise<readonly object[]> {
    const { results } = await this.server.database
      .prepare(text)
      .bind(...values)
      .all();
    return results as readonly object[];
  }

  /** Somebody of an organisation. */
  async somebody(name: string, orgId: string | null): Promise<As & { readonly id: string; readonly token: string }> {
    const { token, body } = await this.server.signUp(name);
    await this.sql("UPDATE users SET org_id = ? WHERE id = ?", orgId, body.user.id);
    return { id: body.user.id, token };
  }

  async put(table: string, row: { readonly [column: string]: unknown }): Promise<void> {
    const names = Object.keys(row);
    const places = names.map(() => "?").join(", ");
    await this.sql(`INSERT INTO ${table} (${names.join(", ")}) VALUES (${places})`, ...Object.values(row));
  }
}

/** An answer without what differs between any two: the request's id. */
export function told({ status, body }: Answer): unknown {
  return { status, body: JSON.parse(JSON.stringify(body).replace(/"requestId":"[^"]*"/, '"requestId":""')) };
}

/** Status, code and rule of a refusal. */
export const refusal = ({ status, body }: Answer) => [status, body.error?.code, body.error?.rule];
