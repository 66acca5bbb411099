import type { Declared, OperationManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import { lowerArguments, type OperationArguments } from "./arguments.ts";
import { lowerBody } from "./body.ts";
import type { BodyContext } from "./context.ts";
import type { Lowering } from "./draft.ts";
import { inheritConstraints } from "./inheritance.ts";
import { lowerInput } from "./input.ts";
import { builtInErrors } from "./names.ts";
import type { Argument, Body, DeclaredError, Operation } from "./operation.ts";
import type { Verb } from "./options.ts";
import { described, lowerText } from "./texts.ts";
import { lowerType } from "./types.ts";
import { unknownTable } from "./unknown.ts";

const verbs = ["get", "list", "page", "insert", "update", "upsert", "delete"] as const satisfies readonly Verb[];

/** Lowers queries, then mutations. */
export function lowerOperations(lowering: Lowering, context: BodyContext): ReadonlyMap<string, Operation> {
  const operations = new Map<string, Operation>();
  for (const [kind, section] of [
    ["query", "queries"],
    ["mutation", "mutations"],
  ] as const) {
    for (const [name, declared] of lowering.manifest[section]) {
      const operation = lowerOperation(lowering, kind, name, declared, context);
      const twin = kind === "mutation" && lowering.manifest.queries.get(name);
      if (twin) {
        const related = [{ message: "The query is declared here.", place: twin.place }];
        lowering.report("operation/query-and-mutation", declared.place, [name], { at: "key", related });
      } else if (operation) operations.set(name, operation);
    }
  }
  return operations;
}

function lowerOperation(
  lowering: Lowering,
  kind: Operation["kind"],
  name: string,
  { value, place }: Declared<OperationManifest>,
  context: BodyContext,
): Operation | undefined {
  if (value.auth === undefined && lowering.manifest.defaults?.value.auth === undefined) {
    lowering.report("operation/no-auth", place, [name], { at: "key" });
  }
  const args = lowerArguments(lowering, value, place);
  const body =
    value.handler === undefined
      ? lowerTableBody(lowering, value, place, args, { ...context, args })
      : lowerHandler(lowering, value, value.handler, place);
  if (!body) return;
  if (body.kind !== "handler") reportUnused(lowering, args);
  return {
    kind,
    name,
    ...described(value, place, lowering),
    auth: "public",
    args: inheritConstraints(lowering, args),
    errors: lowerErrors(lowering, value, place),
    body,
    place,
  };
}

function lowerTableBody(
  lowering: Lowering,
  manifest: OperationManifest,
  place: Place,
  args: OperationArguments,
  context: BodyContext,
): Body | undefined {
  const verb = verbs.find((verb) => manifest[verb] !== undefined)!;
  const table = lowering.tables.get(manifest[verb]!);
  if (!table) return unknownTable(lowering, manifest[verb]!, place.at(verb));
  const input = lowerInput(manifest, table, place, args, context);
  return lowerBody(verb, table, { ...manifest }, place, context, input);
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

function reportUnused({ report }: Lowering, { declared, used }: OperationArguments): void {
  for (const [name, argument] of declared) {
    if (argument && !used.has(name))
      report("argument/unused", argument.place, [name], {
        at: "key",
        hint: `Its value is written $args.${name}${mark(argument)}.`,
      });
  }
}

function lowerErrors(
  lowering: Lowering,
  { errors = {} }: OperationManifest,
  place: Place,
): ReadonlyMap<string, DeclaredError> {
  const lowered = new Map<string, DeclaredError>();
  for (const [code, { status, message }] of Object.entries(errors)) {
    const at = place.at("errors").at(code);
    if (builtInErrors.has(code)) lowering.report("name/built-in-error", at, [code], { at: "key" });
    const text = lowerText(message, at.at("message"), lowering);
    if (text !== undefined) lowered.set(code, { code, status, message: text, place: at });
  }
  return lowered;
}
