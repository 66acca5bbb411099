import { type ExampleCall, exampleCall } from "../example/call.ts";
import { curlLine, signUpLine } from "../example/curl.ts";
import type { App } from "../ir/app.ts";
import type { Argument, Operation } from "../ir/operation.ts";

/**
 * Three lines to try on a new server: a read, a write and another read, those first whose arguments need no row to be there. One
 * before them signs up where somebody has to.
 */
export function curlLines(app: App, origin: string): string[] {
  // nobody has a role yet
  const open = [...app.operations.values()].filter(({ auth }) => typeof auth === "string");
  const calls = open.flatMap((operation) => exampleCall(operation) ?? []).sort((a, b) => guesses(a) - guesses(b));
  const reads = calls.filter(({ operation }) => operation.kind === "query");
  const writes = calls.filter(({ operation }) => operation.kind === "mutation");
  const inserts = writes.filter(({ operation }) => operation.body.kind === "insert");
  const chosen = [reads[0], inserts[0] ?? writes[0], reads[1]].filter((call) => call !== undefined);
  const lines = [...chosen.map((call) => curlLine(call, origin)), `curl ${origin}/health`].slice(0, 3);
  const { emailPassword } = app.auth ?? {};
  // an address that has to be verified first gives no token
  const signsUp = emailPassword && !emailPassword.verify && chosen.some(({ operation }) => operation.auth !== "public");
  return signsUp ? [signUpLine(origin), ...lines] : lines;
}

/** How many arguments are guesses: no row may be there to meet them. */
function guesses({ operation, args }: ExampleCall): number {
  return [...args.keys()].filter((name) => isGuess(operation, operation.args.get(name)!)).length;
}

/** A new row may hold nearly anything, but an id that it refers to has to be there; so has what a query looks for. */
function isGuess({ kind, body }: Operation, { column, type }: Argument): boolean {
  if (kind === "query" || body.kind !== "insert" || !column) return true;
  const relations = [...body.table.relations.values()];
  return (
    type.kind === "uuid" || relations.some((relation) => relation.kind === "one" && relation.columns.includes(column))
  );
}
