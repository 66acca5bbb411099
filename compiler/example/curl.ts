import type { Constant } from "../ir/type.ts";
import type { ExampleCall } from "./call.ts";

/** A call as a line of a shell. */
export function curlLine({ operation: { kind, name }, args }: ExampleCall, origin: string): string {
  if (kind === "query") {
    const query = [...args].map(([arg, value]) => `${arg}=${encodeURIComponent(queryText(value))}`).join("&");
    return query === ""
      ? `curl ${origin}/queries/${name}`
      : `curl ${shellQuoted(`${origin}/queries/${name}?${query}`)}`;
  }
  const body = shellQuoted(JSON.stringify(Object.fromEntries(args)));
  return `curl -X POST ${origin}/mutations/${name} -H 'content-type: application/json' -d ${body}`;
}

function queryText(value: Constant): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
