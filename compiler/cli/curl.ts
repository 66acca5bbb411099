import type { App } from "../ir/app.ts";
import type { Argument, Operation } from "../ir/operation.ts";
import type { Constant } from "../ir/type.ts";
import { example } from "./example.ts";

interface Call {
  readonly operation: Operation;
  readonly args: ReadonlyMap<string, Constant>;
  /** arguments that are guesses: no row may be there to meet them */
  readonly guesses: number;
}

/** Three lines to try on a new server: a read, a write and another read, those first whose arguments need no row to be there. */
export function curlLines(app: App, origin: string): string[] {
  const calls = [...app.operations.values()].flatMap(plausibleCall).sort((a, b) => a.guesses - b.guesses);
  const reads = calls.filter(({ operation }) => operation.kind === "query");
  const writes = calls.filter(({ operation }) => operation.kind === "mutation");
  const inserts = writes.filter(({ operation }) => operation.body.kind === "insert");
  const chosen = [reads[0], inserts[0] ?? writes[0], reads[1]].filter((call) => call !== undefined);
  return [...chosen.map((call) => line(call, origin)), `curl ${origin}/health`].slice(0, 3);
}

/** A call with the arguments that it cannot do without; none where no value can be thought of. */
function plausibleCall(operation: Operation): Call[] {
  const args = new Map<string, Constant>();
  let guesses = 0;
  for (const [name, argument] of operation.args) {
    if (argument.optional) continue;
    const value = example(argument.type, name);
    if (value === undefined) return [];
    args.set(name, value);
    if (isGuess(operation, argument)) guesses += 1;
  }
  return [{ operation, args, guesses }];
}

/** A new row may hold nearly anything, but an id that it refers to has to be there; so has what a query looks for. */
function isGuess({ kind, body }: Operation, { column, type }: Argument): boolean {
  if (kind === "query" || body.kind !== "insert" || !column) return true;
  const relations = [...body.table.relations.values()];
  return (
    type.kind === "uuid" || relations.some((relation) => relation.kind === "one" && relation.columns.includes(column))
  );
}

function line({ operation: { kind, name }, args }: Call, origin: string): string {
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
