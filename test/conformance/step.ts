import { expect, vi } from "vitest";
import { type Captures, fillIn, match } from "../../compiler/cli/test/match.ts";
import { type Expectation, matchOutcome, type Outcome, type Refusal } from "../../compiler/cli/test/outcome.ts";
import { requestOf } from "../../compiler/cli/test/request.ts";
import type { Operation } from "../../compiler/ir/operation.ts";
import { shapesOf } from "../../compiler/plan/shape.ts";
import type { Shape } from "../../runtime/wire/shape.ts";
import { type RawAnswer, type RawRequest, send } from "./http.ts";
import type { Step } from "./scenario.ts";
import type { SpecServer } from "./specServer.ts";
import { fromJavaScript, NotOfShape, toJavaScript } from "./values.ts";

/** How a step's operation is called. */
export type Way = "http" | "client";

type Args = { readonly [name: string]: unknown };

/** Words that belong to the database or to a stack, and so never to an answer. */
const leaks = /SQLITE|D1_|constraint failed|no such (table|column)|\bat \S+:\d+|worker\.js|secret/i;

async function readRefusal(answer: RawAnswer, log: readonly string[]): Promise<Refusal> {
  const { error, ...rest } = JSON.parse(answer.text) as { error: Refusal & { requestId: string } };
  expect(rest, "beside `error`").toEqual({});
  const { code, message, rule, details, requestId, ...unknown } = error;
  expect(unknown, "in `error`").toEqual({});
  expect(requestId).toBe(answer.headers["x-request-id"]);
  expect(answer.text).not.toMatch(leaks);
  // what the caller is not told, the operator finds in the log
  if (answer.status === 500) await vi.waitFor(() => expect(log.join("\n")).toContain(requestId));
  return { status: answer.status, code, message, ...(rule && { rule }), ...(details !== undefined && { details }) };
}

async function sendRaw(server: SpecServer, request: RawRequest): Promise<RawAnswer> {
  const answer = await send(server.url, request);
  expect(answer.headers["x-request-id"], "every answer has a request id").toBeTruthy();
  return answer;
}

async function outcomeOf(answer: RawAnswer, { log }: SpecServer): Promise<Outcome> {
  expect(answer.headers["content-type"]).toBe("application/json");
  return answer.status === 200 ? { result: JSON.parse(answer.text) } : { refusal: await readRefusal(answer, log) };
}

function authorization(token: string | undefined): { [name: string]: string } {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

async function callOverHttp(server: SpecServer, operation: Operation, args: Args, token?: string): Promise<Outcome> {
  return outcomeOf(await sendRaw(server, { ...requestOf(operation, args), headers: authorization(token) }), server);
}

async function callByClient(
  server: SpecServer,
  { kind, name }: Operation,
  args: object,
  token?: string,
): Promise<Outcome> {
  let space: unknown = server.clientOf(token)[kind === "query" ? "queries" : "mutations"];
  for (const segment of name.split("/")) space = (space as { [name: string]: unknown })[segment];
  try {
    return { result: fromJavaScript(await (space as (args: object) => Promise<unknown>)(args)) };
  } catch (error) {
    const { status, code, message, details, rule, requestId } = error as Refusal & { requestId?: string };
    if (typeof status !== "number" || typeof requestId !== "string") throw error;
    return { refusal: { status, code, message, details, ...(rule !== undefined && { rule }) } };
  }
}

/** The arguments as the client takes them; undefined where its types would not let them pass. */
function clientArguments({ args, body }: Operation, wire: Args): object | undefined {
  const page: { [name: string]: Shape } = body.kind === "page" ? { cursor: "string", size: "number" } : {};
  try {
    return toJavaScript(wire, { object: { ...page, ...shapesOf(args) } }) as object;
  } catch (error) {
    if (error instanceof NotOfShape) return undefined;
    throw error;
  }
}

/** Who calls, and how. */
interface Caller {
  readonly way: Way;
  readonly token?: string | undefined;
}

async function call(server: SpecServer, { way, token }: Caller, name: string, args: Args): Promise<Outcome> {
  const operation = server.app.operations.get(name);
  if (!operation) throw new Error(`there is no operation ${name}`);
  const typed = way === "client" ? clientArguments(operation, args) : undefined;
  return typed ? callByClient(server, operation, typed, token) : callOverHttp(server, operation, args, token);
}

async function readPages(server: SpecServer, caller: Caller, name: string, args: Args): Promise<Outcome> {
  const pages: unknown[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const outcome = await call(server, caller, name, cursor === undefined ? args : { ...args, cursor });
    if ("refusal" in outcome) return outcome;
    const page = outcome.result as { rows: unknown[]; nextCursor: string | null; hasMore: boolean };
    expect(page.hasMore).toBe(page.nextCursor !== null);
    pages.push(page.rows);
    if (pages.length > 100) throw new Error(`${name} never ends`);
    cursor = page.nextCursor;
  }
  return { result: pages };
}

/** What a step expects; it says nothing of a result where only status and headers matter. */
function expectationOf({ error, result }: Step): Expectation {
  return error ? { error } : { result };
}

async function runRequest(server: SpecServer, step: Step, captures: Captures): Promise<string[]> {
  const [method, ...path] = step.request!.split(" ");
  const { body, token } = step;
  const headers = { ...authorization(token), ...step.headers };
  const request = {
    method: method!,
    path: path.join(" "),
    headers,
    ...(body !== undefined && { body }),
  };
  const answer = await sendRaw(server, request);
  const status = step.status ?? step.error?.status ?? 200;
  const mismatches =
    answer.status === status ? [] : [`status ${answer.status}, not ${status}: ${answer.text.slice(0, 300)}`];
  for (const [name, value] of Object.entries(step.expectHeaders ?? {})) {
    mismatches.push(...match(value, answer.headers[name] ?? null, captures, `header ${name}`));
  }
  if (step.expectBody !== undefined && answer.text !== step.expectBody) mismatches.push(`body: ${answer.text}`);
  if (mismatches.length > 0 || !("result" in step || step.error)) return mismatches;
  return matchOutcome(expectationOf(step), await outcomeOf(answer, server), captures);
}

/**
 * Runs one step of a scenario.
 *
 * @returns a line for each thing that is not as the step expects
 */
export async function runStep(server: SpecServer, way: Way, step: Step, captures: Captures): Promise<string[]> {
  if (step.request !== undefined) return runRequest(server, step, captures);
  const caller = { way, token: step.token };
  const args = (fillIn(step.args, captures) ?? {}) as Args;
  const outcome =
    step.pages !== undefined
      ? await readPages(server, caller, step.pages, args)
      : await call(server, caller, (step.query ?? step.mutation)!, args);
  return matchOutcome(expectationOf(step), outcome, captures);
}

/** What a step calls, for messages. */
export function describeStep({ as, query, mutation, pages, request, args }: Step): string {
  return `${as === undefined ? "" : `as ${as} `}${query ?? mutation ?? pages ?? request} ${JSON.stringify(args ?? {})}`.slice(
    0,
    300,
  );
}
