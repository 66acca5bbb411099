import type { NestedWrite } from "./nestedWrite.ts";
import type { Body, Operation, StepBody } from "./operation.ts";
import type { Table } from "./table.ts";

/** Codes of errors that an operation may answer with, each once, and their status. */
export function refusalsOf({ kind, auth, asSystem, rateLimit, body, errors }: Operation): ReadonlyMap<string, number> {
  const codes = new Map<string, number>([["invalid_arguments", 400]]);
  if (auth !== "public") codes.set("unauthorized", 401);
  if (typeof auth !== "string" || (asSystem === undefined && mayForbid(body))) codes.set("forbidden", 403);
  const isHandler = body.kind === "handler";
  const writes = kind === "mutation" || isHandler;
  if (isHandler || mayRefuse(body)) codes.set("not_found", 404).set("conflict", 409);
  if (body.kind === "sql" && body.returns?.type.kind !== "array" && body.returns?.nullable === false)
    codes.set("not_found", 404);
  // an `Idempotency-Key` that belongs to another call
  if (kind === "mutation") codes.set("conflict", 409);
  if (isHandler) codes.set("forbidden", 403);
  if (writes && !onlyRemoves(body)) codes.set("check_violation", 400).set("unique_violation", 409);
  if (writes) codes.set("foreign_key_violation", 409);
  codes.set("too_large", 413);
  if (rateLimit) codes.set("rate_limited", 429);
  for (const { code, status } of errors.values()) codes.set(code, status);
  return codes.set("internal", 500);
}

/** Whether something is written that a rule may refuse. */
function mayForbid(body: Body | StepBody): boolean {
  if (body.kind === "steps") return body.steps.some((step) => mayForbid(step.body));
  if (!isWrite(body)) return false;
  if (isRuled(body.table)) return true;
  if (body.kind === "insert") return body.nested?.some(writesRuled) ?? false;
  return body.kind === "update" && (body.links?.some(({ relation }) => isRuled(relation.junction)) ?? false);
}

/** Whether rows are made, linked or adopted that a rule may refuse. */
function writesRuled(write: NestedWrite): boolean {
  const { relation } = write;
  if (relation.kind === "manyToMany" && isRuled(relation.junction)) return true;
  if (write.kind === "link") return isRuled(relation.to);
  return isRuled(write.row.table) || (write.row.nested?.some(writesRuled) ?? false);
}

type Write = Extract<Body, { kind: "insert" | "update" | "upsert" | "delete" }>;
const isWrite = (body: Body | StepBody): body is Write =>
  body.kind === "insert" || body.kind === "update" || body.kind === "upsert" || body.kind === "delete";

const isRuled = ({ rules, tenant, columns }: Table): boolean =>
  rules !== undefined || tenant?.field.nullable || [...columns.values()].some(({ write }) => write !== undefined);

/** Whether rows only go, which no constraint of a row refuses. */
function onlyRemoves(body: Body): boolean {
  if (body.kind !== "steps") return body.kind === "delete";
  return body.steps.every(({ body: { kind } }) => !["insert", "update", "upsert"].includes(kind));
}

/** Whether something is said of how many rows there have to be. */
function mayRefuse(body: Body | StepBody): boolean {
  if (body.kind === "steps") return body.steps.some((step) => mayRefuse(step.body));
  if (body.kind === "insert") return body.nested?.some(mayLink) ?? false;
  return body.kind === "check" || ("expect" in body && body.expect !== undefined);
}

/** Whether rows are linked that have to be there. */
function mayLink(write: NestedWrite): boolean {
  return write.kind === "link" || (write.row.nested?.some(mayLink) ?? false);
}
