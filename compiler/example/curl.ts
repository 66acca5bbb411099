import type { Constant } from "../ir/type.ts";
import type { ExampleCall } from "./call.ts";

/** A call as a line of a shell, with the token of whoever has signed in where nobody else may call. */
export function curlLine({ operation: { kind, name, auth }, args }: ExampleCall, origin: string): string {
  const token = auth === "public" ? "" : ' -H "authorization: Bearer $TOKEN"';
  if (kind === "query") {
    const query = [...args].map(([arg, value]) => `${arg}=${encodeURIComponent(queryText(value))}`).join("&");
    return query === ""
      ? `curl${token} ${origin}/queries/${name}`
      : `curl${token} ${shellQuoted(`${origin}/queries/${name}?${query}`)}`;
  }
  const body = shellQuoted(JSON.stringify(Object.fromEntries(args)));
  return `curl${token} -X POST ${origin}/mutations/${name} -H 'content-type: application/json' -d ${body}`;
}

/** Somebody signs up, and `TOKEN` is theirs. */
export function signUpLine(origin: string): string {
  const who = shellQuoted(JSON.stringify({ name: "Ann", email: "ann@example.com", password: "correct horse battery" }));
  const asked = `curl -s -X POST ${origin}/auth/sign-up/email -H 'content-type: application/json' -d ${who}`;
  return `TOKEN=$(${asked} | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')`;
}

function queryText(value: Constant): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
