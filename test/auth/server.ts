import { cpSync } from "node:fs";
import { type RawRequest, send } from "../conformance/http.ts";
import { emptyFolder, type SpecServer, startFolder } from "../conformance/specServer.ts";

/** An answer with its JSON read. */
export interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  // biome-ignore lint/suspicious/noExplicitAny: answers have any form
  readonly body: any;
}

/** Who calls: a token, a cookie, further headers. */
export interface As {
  readonly token?: string;
  readonly cookie?: string;
  readonly headers?: { readonly [name: string]: string };
}

/** A Worker with sign-in, and what is asked of it. Every request comes from an address of its own, so that no limit is met by chance. */
export class SignInServer {
  readonly #server: SpecServer;
  #addresses = 0;

  constructor(server: SpecServer) {
    this.#server = server;
  }

  get database() {
    return this.#server.database;
  }

  get url() {
    return this.#server.url;
  }

  get log() {
    return this.#server.log;
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  async ask(method: "GET" | "POST", path: string, as: As = {}, body?: object | string): Promise<Answer> {
    this.#addresses += 1;
    const headers = {
      "cf-connecting-ip": `10.0.${this.#addresses >> 8}.${this.#addresses & 255}`,
      ...(as.token !== undefined && { authorization: `Bearer ${as.token}` }),
      ...(as.cookie !== undefined && { cookie: as.cookie }),
      ...as.headers,
    };
    const request: RawRequest = { method, path, headers, ...(body !== undefined && { body: textOf(body) }) };
    const { status, headers: answered, text } = await send(this.#server.url, request);
    const isJson = String(answered["content-type"]).includes("json");
    return { status, headers: answered, body: isJson && text !== "" ? JSON.parse(text) : text };
  }

  query(name: string, as: As = {}): Promise<Answer> {
    return this.ask("GET", `/queries/${name}`, as);
  }

  mutate(name: string, as: As = {}, args: object = {}): Promise<Answer> {
    return this.ask("POST", `/mutations/${name}`, as, args);
  }

  auth(path: string, body: object = {}, as: As = {}): Promise<Answer> {
    return this.ask("POST", `/auth/${path}`, as, body);
  }

  /** Signs somebody up; their address is made of their name. */
  async signUp(name: string, more: object = {}): Promise<Answer & { readonly token: string; readonly cookie: string }> {
    const answer = await this.auth("sign-up/email", { name, email: mailOf(name), password: PASSWORD, ...more });
    const [cookie = ""] = [answer.headers["set-cookie"]].flat();
    return { ...answer, token: answer.body.token, cookie: cookie.split(";")[0]! };
  }

  /** The last mail to an address. */
  mailTo(address: string): { readonly kind: string; readonly url: string; readonly code: string } {
    const mails = this.#server.log.flatMap((line) => (line.startsWith("MAIL ") ? [JSON.parse(line.slice(5))] : []));
    const mail = mails.findLast(({ to }) => to === address);
    if (!mail) throw new Error(`there is no mail to ${address}`);
    return mail;
  }
}

/** A text is sent as it is. */
const textOf = (body: object | string): string => (typeof body === "string" ? body : JSON.stringify(body));

export const PASSWORD = "correct horse";

export const mailOf = (name: string): string => `${name}@example.com`;

/** Serves the manifest of this folder in workerd; `purpose` keeps apart what runs side by side. */
export async function startSignIn(purpose: string, edit?: (folder: string) => void): Promise<SignInServer> {
  const folder = emptyFolder(purpose, "auth");
  for (const name of ["appflare.yaml", "handlers"])
    cpSync(new URL(`fixture/${name}`, import.meta.url), `${folder}/${name}`, { recursive: true });
  edit?.(folder);
  return new SignInServer(await startFolder(folder));
}
