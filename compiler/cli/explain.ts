import { accessOf } from "../explain/access.ts";
import { Database } from "../explain/database.ts";
import { type Explanation, explain } from "../explain/explain.ts";
import { formatExplanation } from "../explain/format.ts";
import { explanationJson } from "../explain/json.ts";
import { formatMatrix, matrixOf } from "../explain/matrix.ts";
import { peopleOf } from "../explain/person.ts";
import type { App } from "../ir/app.ts";
import type { Person } from "../ir/heldBy.ts";
import type { Operation } from "../ir/operation.ts";
import { type Call, CommandError, type ExitCode } from "./command.ts";
import type { Io } from "./io.ts";
import { checkProject, openProject } from "./project.ts";
import { showErrors } from "./show.ts";
import { suggestion } from "./suggestion.ts";

/** `appflare explain`: what an operation asks of the database, and how SQLite answers it; without a name, all of them in a line each. */
export async function run({ positionals, values, flags }: Call, io: Io): Promise<ExitCode> {
  const { name, manifest } = readPositionals(positionals);
  const { app, diagnostics } = checkProject(openProject(io, manifest, undefined));
  showErrors(io, diagnostics);
  if (!app) return 1;
  if (flags.has("matrix")) return showMatrix(app, values.format, io);
  const operations = name === undefined ? [...app.operations.values()] : [operationOf(app, name)];
  const database = new Database(app);
  const person = values.as === undefined ? undefined : personOf(app, values.as);
  const explained = operations.map((operation) => {
    const as = person && { person, access: accessOf(operation, person) };
    const explanation = as?.access.calls === false ? undefined : explain(operation, app, database, person);
    return { operation, explanation, as };
  });
  database.close();
  const [only] = explained;
  if (values.format === "json") {
    const documents = explained.map(({ operation, explanation, as }) => explanationJson(operation, explanation, as));
    io.out(`${JSON.stringify(name === undefined ? documents : documents[0])}\n`);
  } else
    io.out(name === undefined ? summary(explained) : formatExplanation(only!.operation, only!.explanation, only!.as));
  return 0;
}

/** An operation's name has no dot, and a manifest's path has one. */
function readPositionals([first, second]: readonly string[]) {
  return second === undefined && first?.includes(".")
    ? { name: undefined, manifest: first }
    : { name: first, manifest: second };
}

function operationOf({ operations }: App, name: string): Operation {
  const operation = operations.get(name);
  if (operation) return operation;
  const hint = suggestion(name, operations.keys()) ?? "`appflare explain` lists them.";
  throw new CommandError(`there is no operation "${name}". ${hint}`);
}

/** @throws CommandError for a role that nobody has */
function personOf(app: App, name: string): Person {
  const people = peopleOf(app);
  const person = people.get(name);
  if (person) return person;
  const hint = suggestion(name, people.keys()) ?? `There are ${[...people.keys()].join(", ")}.`;
  throw new CommandError(`nobody has the role "${name}". ${hint}`);
}

function showMatrix(app: App, format: string | undefined, io: Io): ExitCode {
  const matrix = matrixOf(app);
  io.out(format === "json" ? `${JSON.stringify(matrix)}\n` : formatMatrix(matrix));
  return 0;
}

function summary(
  explained: readonly { readonly operation: Operation; readonly explanation: Explanation | undefined }[],
): string {
  const width = Math.max(0, ...explained.map(({ operation }) => operation.name.length));
  return explained
    .map(({ operation: { kind, name }, explanation }) => {
      const first = explanation ? firstWords(explanation) : "a handler";
      const mark = explanation && adviceOf(explanation).length > 0 ? " (an index would help)" : "";
      return `${kind.padEnd(8)}  ${name.padEnd(width)}  ${first}${mark}\n`;
    })
    .join("");
}

function firstWords(explanation: Explanation): string {
  if ("steps" in explanation) {
    const names = explanation.steps.map(({ name }) => name).join(", ");
    return names === "" ? "writes rows in several statements" : `steps: ${names}`;
  }
  return explanation.plans[0]?.steps[0]?.text ?? "writes the row";
}

function adviceOf(explanation: Explanation) {
  const statements = "steps" in explanation ? explanation.steps.flatMap((step) => step.statements) : [explanation];
  return statements.flatMap(({ advice }) => advice);
}
