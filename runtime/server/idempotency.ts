import { toCanonical } from "../wire/canonical.ts";
import { bytesToHex } from "../wire/hex.ts";
import type { Args } from "./args.ts";
import type { Caller } from "./caller.ts";
import { type Claim, claiming, readAnswer, release, storeAnswer } from "./claim.ts";
import type { Database } from "./database.ts";
import { builtIn, invalidArguments, type Refusal } from "./errors.ts";
import type { OperationPlan } from "./plan.ts";

/*
 * `Idempotency-Key`: a mutation that is sent again with its key is not run again. The claim of the key is part of the write's own batch,
 * so a write and its key are there together or not at all. The answer is kept right after; where the Worker dies between the two, the
 * key answers 409 until it expires: rather no answer than a second write.
 */

const HEADER = "idempotency-key";
/** Says that an answer is an earlier one. */
export const REPLAYED = "idempotency-replayed";

/** The caller where nobody is signed in: all of them are one. */
const NOBODY = "";
const LONGEST = 255;
const LIFETIME = 24 * 60 * 60 * 1000;

/** Milliseconds before each look for the answer of a twin that may still be running. */
const PATIENCE = [0, 20, 40, 80, 160, 320];

/** The key of one request. Scopes of one request share it, so that the answer's headers know whether it was replayed. */
export class IdempotencyKey {
  readonly value: string;
  replayed = false;

  constructor(value: string) {
    this.value = value;
  }
}

/**
 * The key that a request carries; undefined without one.
 *
 * @throws Refusal (400) for an empty one, one that is too long and one with control characters
 */
export function idempotencyKeyOf(request: Request): IdempotencyKey | undefined {
  const value = request.headers.get(HEADER);
  if (value === null) return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (value === "" || value.length > LONGEST || /[\u0000-\u001f\u007f-\u009f]/.test(value)) {
    const message = `The header ${HEADER} must have 1 to ${LONGEST} characters and no control characters.`;
    throw invalidArguments([{ path: "", message }]);
  }
  return new IdempotencyKey(value);
}

/** What is called with a key. */
export interface KeyedCall {
  readonly operation: OperationPlan;
  /** validated, with their defaults */
  readonly args: Args;
  readonly key: IdempotencyKey;
  /** milliseconds */
  readonly now: number;
  readonly database: Database;
  readonly caller?: Caller | undefined;
}

/**
 * Runs a mutation unless its key has been used: then it is answered as it was. A mutation that fails leaves its key free.
 *
 * @param run is given a database whose first statements carry the claim
 * @param apart claims before it runs: what a handler does is not one batch
 * @throws Refusal (409) where the key belongs to other arguments, or to a call that has no answer yet; and what `run` throws
 */
export async function runOnce(
  call: KeyedCall,
  run: (database: Database) => Promise<string>,
  apart: boolean,
): Promise<string> {
  const { database, now } = call;
  const claim = await claimOf(call);
  const claimed = claiming(database, claim, now);
  let answer: string;
  try {
    if (apart) await claimed.batch([]);
    answer = await run(claimed);
  } catch (error) {
    if (claimed.state === "taken") return replay(call, claim);
    if (claimed.state === "held") await release(database, claim);
    throw error;
  }
  await keep(database, claim, answer);
  return answer;
}

/** What was written stays written, so its caller hears of it also where the answer cannot be kept (a value of D1 has 2 MB at most). */
async function keep(database: Database, claim: Claim, answer: string): Promise<void> {
  try {
    await storeAnswer(database, claim, answer);
  } catch (error) {
    // biome-ignore lint/suspicious/noConsole: a Worker's log is its console
    console.error(`The answer of ${claim.operation} could not be kept for its ${HEADER}:`, error);
  }
}

async function claimOf({ operation, args, key, now, caller }: KeyedCall): Promise<Claim> {
  return {
    caller: caller === undefined ? NOBODY : String(caller.user["id"]),
    operation: operation.name,
    key: key.value,
    arguments: await digest(operation, args),
    expiresAt: now + LIFETIME,
  };
}

/** SHA-256 of the arguments as values: timestamps, decimals and big integers in one form, names in one order. */
async function digest({ args: shapes }: OperationPlan, args: Args): Promise<string> {
  const canonical = toCanonical({ object: shapes })?.(args) ?? args;
  const bytes = new TextEncoder().encode(JSON.stringify(canonical, inOrder));
  return bytesToHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function replay({ database, key }: KeyedCall, claim: Claim): Promise<string> {
  for (const patience of PATIENCE) {
    if (patience > 0) await new Promise((resolve) => setTimeout(resolve, patience));
    const kept = await readAnswer(database, claim);
    // its call has failed meanwhile, and the caller may try again
    if (kept === undefined) break;
    if (kept.arguments !== claim.arguments) throw refuse("was used with other arguments");
    if (kept.answer !== null) {
      key.replayed = true;
      return kept.answer;
    }
  }
  throw refuse("belongs to a call that has no answer yet");
}

function refuse(reason: string): Refusal {
  return builtIn("conflict", `The ${HEADER} ${reason}.`);
}
