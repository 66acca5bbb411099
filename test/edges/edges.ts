import { cpSync } from "node:fs";
import { join } from "node:path";
import { type RawRequest, send } from "../conformance/http.ts";
import { emptyFolder, type SpecServer, startFolder } from "../conformance/specServer.ts";

/** An answer with its JSON read. */
export interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  // biome-ignore lint/suspicious/noExplicitAny: answers have any form
  readonly body: any;
}

/** Serves a manifest that lies beside this file in workerd; `purpose` keeps apart what runs side by side. */
export function startEdges(purpose: string, manifest = "appflare.yaml"): Promise<SpecServer> {
  const folder = emptyFolder(purpose, "edges");
  cpSync(join(import.meta.dirname, manifest), join(folder, "appflare.yaml"));
  return startFolder(folder);
}

/** Sends a request as it is. */
export async function ask(server: SpecServer, request: RawRequest): Promise<Answer> {
  const { status, headers, text } = await send(server.url, request);
  return { status, headers, body: text === "" ? undefined : JSON.parse(text) };
}

/** Calls a mutation. */
export function post(
  server: SpecServer,
  operation: string,
  args: object,
  headers: RawRequest["headers"] = {},
): Promise<Answer> {
  return ask(server, { method: "POST", path: `/mutations/${operation}`, headers, body: JSON.stringify(args) });
}

/** Calls a query that takes no arguments. */
export function get(server: SpecServer, operation: string, headers: RawRequest["headers"] = {}): Promise<Answer> {
  return ask(server, { method: "GET", path: `/queries/${operation}`, headers });
}
