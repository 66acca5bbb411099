import type { Call } from "../load.ts";
import type { Backend } from "./backend.ts";
import { type AllRunning, type Running, sides } from "./sides.ts";

/** The call of each case that is compared, and replayed: no measured round sends it. */
export const COMPARED = 1_000_007;

/**
 * Every Worker answers every call alike, and refuses what it has to.
 *
 * @throws Error that shows the answers where they differ
 */
export async function compareAnswers(backend: Backend, all: AllRunning): Promise<void> {
  for (const [index, { name, own = [] }] of all.limit.cases.entries())
    await alike(all, `"${name}" is answered`, async ({ host, cases }) => {
      const answer = await send(host.url, cases[index]!.call(COMPARED));
      if (answer.status !== 200) throw new Error(`"${name}" is answered ${answer.status}: ${await answer.text()}`);
      return canonical(await answer.json(), own);
    });
  for (const { call, status } of backend.refused)
    for (const side of sides) {
      const answer = await send(all[side].host.url, call);
      if (answer.status !== status) throw new Error(`${side} answers ${answer.status} to ${call.path}, not ${status}`);
    }
}

/**
 * Every Worker wrote the same.
 *
 * @throws Error that shows what is there where it differs
 */
export async function compareWritten({ written }: Backend, all: AllRunning): Promise<void> {
  for (const sql of written)
    await alike(all, `"${sql}" finds`, async ({ host }) =>
      canonical(await host.database.prepare(sql).bind().all(), ["meta"]),
    );
}

async function alike(all: AllRunning, what: string, ask: (running: Running) => Promise<string>): Promise<void> {
  const answers: string[] = [];
  for (const side of sides) answers.push(await ask(all[side]));
  if (new Set(answers).size === 1) return;
  throw new Error(`${what} differently:\n${sides.map((side, at) => `${side}: ${answers[at]}`).join("\n")}`);
}

function send(url: string, { method, path, body }: Call): Promise<Response> {
  return fetch(url + path, { method, ...(body && { body, headers: { "content-type": "application/json" } }) });
}

/** The text of a value whose properties are sorted, without those that are each Worker's own. */
function canonical(value: unknown, own: readonly string[]): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (own.includes(key)) return "its own";
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
