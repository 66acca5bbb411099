import type { Declared, OperationManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import { checkAfterRings, type Followers, lowerAfter } from "./afters.ts";
import { lowerArguments, type OperationArguments } from "./arguments.ts";
import type { Assignment } from "./assignment.ts";
import { audienceOf, defaultAudience, systemReason } from "./audiences.ts";
import { lowerBody } from "./body.ts";
import type { BodyContext } from "./context.ts";
import { type ErrorUses, lowerErrors, reportUnusedErrors } from "./declaredErrors.ts";
import type { Lowering } from "./draft.ts";
import { lowerEachBody } from "./eachBody.ts";
import { lowerElse } from "./elses.ts";
import type { Caller } from "./heldBy.ts";
import { inheritConstraints } from "./inheritance.ts";
import { lowerInput } from "./input.ts";
import type { Argument, Audience, Body, Operation } from "./operation.ts";
import type { Verb } from "./options.ts";
import { rateLimitOf } from "./rateLimits.ts";
import { lowerStatement } from "./statements.ts";
import { lowerSteps } from "./steps.ts";
import type { Table } from "./table.ts";
import { described } from "./texts.ts";
import { lowerType } from "./types.ts";
import { unknownTable } from "./unknown.ts";

const verbs = [
  "get",
  "list",
  "page",
  "aggregate",
  "insert",
  "update",
  "upsert",
  "delete",
] as const satisfies readonly Verb[];

/** An operation whose arguments are known, and whose body is not yet looked at: another one may run after it. */
interface Begun {
  readonly kind: Operation["kind"];
  readonly name: string;
  readonly declared: Declared<OperationManifest>;
  readonly caller: Caller;
  readonly args: OperationArguments;
  /** undefined where there is no such table, which was said, or none at all */
  readonly table?: Table | undefined;
  readonly input: readonly Assignment[] | undefined;
}

/** Lowers queries, then mutations. */
export function lowerOperations(lowering: Lowering, context: BodyContext): ReadonlyMap<string, Operation> {
  const { queries, mutations } = lowering.manifest;
  const usual = defaultAudience(lowering);
  const begun = [
    ...Array.from(queries, ([name, declared]) => begin(lowering, "query", name, declared, context, usual)),
    ...Array.from(mutations, ([name, declared]) => begin(lowering, "mutation", name, declared, context, usual)),
  ];
  const followers = new Map(begun.flatMap(({ kind, name, args }) => (kind === "mutation" ? [[name, args]] : [])));
  const operations = new Map<string, Operation>();
  for (const each of begun) {
    const { kind, name, declared } = each;
    const operation = lowerOperation(lowering, each, followers, { ...context, args: each.args, caller: each.caller });
    const twin = kind === "mutation" && queries.get(name);
    if (twin) {
      const related = [{ message: "The query is declared here.", place: twin.place }];
      lowering.report("operation/query-and-mutation", declared.place, [name], { at: "key", related });
    } else if (operation) operations.set(name, operation);
  }
  checkAfterRings(operations, lowering.report);
  return operations;
}

function begin(
  lowering: Lowering,
  kind: Operation["kind"],
  name: string,
  declared: Declared<OperationManifest>,
  context: BodyContext,
  usual: Audience | undefined,
): Begun {
  const { value, place } = declared;
  const auth = audienceOf(lowering, name, value, place, usual);
  const asSystem = systemReason(lowering, value, place);
  const caller: Caller = { auth, ...(asSystem !== undefined && { asSystem }) };
  const args = lowerArguments(lowering, value, place);
  const verb = verbOf(value);
  if (verb === undefined) return { kind, name, declared, caller, args, input: [] };
  const table = lowering.tables.get(value[verb]!) ?? unknownTable(lowering, value[verb]!, place.at(verb));
  const input = table && lowerInput(value, table, place, args, { ...context, caller, args });
  return { kind, name, declared, caller, args, table, input };
}

const verbOf = (manifest: OperationManifest): Verb | undefined => verbs.find((verb) => manifest[verb] !== undefined);

function lowerOperation(
  lowering: Lowering,
  { kind, name, declared: { value, place }, caller, args, table, input }: Begun,
  followers: Followers,
  context: BodyContext,
): Operation | undefined {
  const errors: ErrorUses = { declared: lowerErrors(value, place, lowering), used: new Set() };
  const body =
    value.handler !== undefined
      ? lowerHandler(lowering, value, value.handler, place)
      : value.sql !== undefined
        ? lowerStatement(lowering, value, value.sql, place, args)
        : value.steps !== undefined
          ? lowerSteps(lowering, value, place, context, errors)
          : table &&
            lowerEachBody(lowering, value, place, context, (own) =>
              lowerBody(verbOf(value)!, table, { ...value }, place, own, input),
            );
  const otherwise = body && isWrite(body) ? lowerElse(value.else, body, place.at("else"), errors, context) : undefined;
  const after =
    value.after && body && lowerAfter(value.after, followers, place.at("after"), afterContext(context, body));
  const rateLimit = rateLimitOf(lowering, { kind, name }, value, place);
  if (!body) return;
  if (body.kind !== "handler") {
    reportUnused(lowering, args, body.kind === "sql");
    reportUnusedErrors(errors, lowering);
  }
  return {
    kind,
    name,
    ...described(value, place, lowering),
    ...caller,
    ...(rateLimit && { rateLimit }),
    args: inheritConstraints(lowering, args),
    errors: errors.declared,
    body,
    ...(otherwise && otherwise.size > 0 && { else: otherwise }),
    ...(after && { after }),
    ...(value.scan !== undefined && { scan: value.scan }),
    place,
  };
}

const isWrite = (body: Body): body is Extract<Body, { kind: "insert" | "update" | "upsert" | "delete" }> =>
  "returns" in body && "table" in body;

/** What runs after all steps may speak of each of them. */
function afterContext(context: BodyContext, body: Body): BodyContext {
  if (body.kind !== "steps") return context;
  return { ...context, steps: { earlier: new Map(body.steps.map((step) => [step.name, step])), later: [] } };
}

/** `handler: ./file.ts#export`. */
function lowerHandler(
  lowering: Lowering,
  manifest: OperationManifest,
  written: string,
  place: Place,
): Body | undefined {
  const hash = written.lastIndexOf("#");
  const [module, name] = [written.slice(0, hash), written.slice(hash + 1)];
  if (manifest.returns === undefined) return { kind: "handler", module, export: name };
  const returns = lowerType(lowering, manifest.returns as string, place.at("returns"));
  return (
    returns && { kind: "handler", module, export: name, returns: { type: returns.type, nullable: returns.nullable } }
  );
}

const mark = ({ optional, default: fallback }: Argument): string => (optional && fallback === undefined ? "?" : "");

function reportUnused({ report }: Lowering, { declared, used }: OperationArguments, isSql: boolean): void {
  for (const [name, argument] of declared) {
    if (argument && !used.has(name))
      report("argument/unused", argument.place, [name], {
        at: "key",
        hint: `Its value is written ${isSql ? `:${name}` : `$args.${name}${mark(argument)}`}.`,
      });
  }
}
