import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generateFrom, workFolder, writeProject, writeTsconfig } from "./compileSpec.ts";

const manifest = `
appflare: 1
name: shop
defaults: { auth: public }
tables:
  orders: { columns: { id: integer, note: string? } }
queries:
  orders/list: { list: orders }
mutations:
  orders/place:
    args: { note: string }
    errors:
      out_of_stock: { status: 409, message: Not enough in stock }
      closed: { status: 422, message: Come back tomorrow }
    handler: ./handlers/orders.ts#place
  orders/remove: { args: { id: integer }, delete: orders, where: { id: $args.id }, expect: one }
  orders/pay:
    errors:
      card_refused: { status: 402, message: The card is refused }
      account_frozen: { status: 423, message: The account is frozen }
      currency_unknown: { status: 422, message: No such currency }
    handler: ./handlers/orders.ts#pay
`;

const unexpected = [
  "network_error",
  "timeout",
  "invalid_response",
  "url_too_long",
  "unknown_operation",
  "method_not_allowed",
  "unauthorized",
  "rate_limited",
  "internal",
];
const placed = [
  ...["out_of_stock", "closed", "invalid_arguments", "not_found", "conflict", "forbidden", "check_violation"],
  ...["unique_violation", "foreign_key_violation", "too_large", ...unexpected],
];

/** A switch over codes that is taken for whole only where no other is left. */
const exhaustive = (operation: string, codes: readonly string[], mark = "") => `
  if (isError(error, ${JSON.stringify(operation)})) {
    switch (error.code) {
${codes.map((code) => `      case ${JSON.stringify(code)}:\n`).join("")}        return error.code;
      default: {
        ${mark}
        const none: never = error;
        return none;
      }
    }
  }`;

const use = `
import { createClient, type ErrorCode, type Errors, isError } from "./generated/client.js";

const client = createClient({ baseUrl: "" });
await client.mutations.orders.place({ note: "" }, { idempotencyKey: "k" });
// @ts-expect-error a query takes no key
await client.queries.orders.list({}, { idempotencyKey: "k" });

export function told(error: unknown): string | undefined {${exhaustive("orders/place", placed)}
${exhaustive("orders/remove", ["invalid_arguments", "not_found", "conflict", "foreign_key_violation", "too_large", ...unexpected])}
${exhaustive("orders/list", ["invalid_arguments", "too_large", ...unexpected])}
  return undefined;
}

export function forgetful(error: unknown): string | undefined {${exhaustive(
  "orders/place",
  placed.filter((code) => code !== "closed"),
  "// @ts-expect-error closed was forgotten",
)}
  return undefined;
}

export function details(error: unknown): string {
  // @ts-expect-error there is no such operation
  isError(error, "orders/none");
  if (!isError(error, "orders/place")) return "";
  // @ts-expect-error no such code
  if (error.code === "not_declared") return "";
  if (error.code === "rate_limited") return error.details.retryAfter.toFixed();
  return error.code === "unique_violation" ? error.details.columns.join() : error.message;
}

export const declared: Errors["orders/place"] = "closed";
export const codes: readonly ErrorCode[] = ["card_refused", "closed", "timeout", "not_found"];
// @ts-expect-error nobody declares it
export const code: ErrorCode = "not_declared";
`;

test("a switch over an operation's codes is exhaustive", { timeout: 60_000 }, () => {
  const { path, remove } = workFolder("clientErrors");
  writeProject(
    path,
    generateFrom(manifest).filter((file) => file.path === "client.ts"),
  );
  writeTsconfig(path);
  writeFileSync(join(path, "use.ts"), use);
  const tsc = join(import.meta.dirname, "../../node_modules/.bin/tsc");
  const { stdout } = spawnSync(tsc, ["-p", path, "--pretty", "false"], { encoding: "utf8" });
  expect(stdout).toBe("");
  remove();
});
