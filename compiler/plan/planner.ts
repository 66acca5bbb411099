import type { PlannedCall, Planner, Verb } from "../../runtime/server/planner.ts";
import { catalogue } from "../diagnostics/catalogue.ts";
import { didYouMean } from "../diagnostics/didYouMean.ts";
import { lowerCall } from "../ir/body.ts";
import { checkCascades, checkLinkCascades } from "../ir/cascades.ts";
import { isMap } from "../ir/constants.ts";
import type { BodyContext } from "../ir/context.ts";
import { foreignKeysByTarget } from "../ir/relationKinds.ts";
import type { Report } from "../ir/report.ts";
import type { Table } from "../ir/table.ts";
import { Place } from "../manifest/place.ts";
import { planBody, type SqlBody } from "./body.ts";
import { eyesOf } from "./eyes.ts";
import { rowShape } from "./shape.ts";

export { linkTables } from "../ir/link.ts";

/**
 * The planner of a Worker with handlers: what `ctx.db` is asked is lowered and planned as an operation of the manifest is.
 *
 * @param tables the App's
 * @param limits how many rows a list has where the call does not say, and at most
 */
export function createPlanner(tables: ReadonlyMap<string, Table>, limits: BodyContext["limits"]): Planner {
  const context: BodyContext = { report: refuse, references: "none", limits, failed: new Set(), condition };
  let keys: ReturnType<typeof foreignKeysByTarget> | undefined;
  return {
    plan(verb, name, options, eyes = "caller"): PlannedCall {
      const table = tables.get(name);
      if (!table) throw new TypeError(`There is no table "${name}".`);
      if (!isMap(options)) throw new TypeError(`${name}.${verb} takes an object of options.`);
      const caller = callers[eyes];
      const body = lowerCall(verb, table, options, root, { ...context, caller });
      if (!body) throw new Error(`${name}.${verb} was refused without a word`);
      keys ??= foreignKeysByTarget(tables.values());
      if (body.kind === "delete") checkCascades(body, root, keys, caller, refuse);
      if (body.kind === "update") checkLinkCascades(body, root, keys, caller, refuse);
      const base = { kind: kindOf(verb), name: `${name}.${verb}`, auth: "public", args: {} } as const;
      return {
        operation: { ...base, ...planBody(body, { tables, constants: "bind", eyes: eyesOf(caller, tables) }) },
        row: rowShape(selectionOf(body)),
      };
    },
  };
}

/** Whoever calls a handler, the rules are asked of them; where they are nobody, what speaks of `$user` does not hold. */
const callers = {
  caller: { auth: "public" },
  system: { auth: "public", asSystem: "The handler says ctx.system." },
} as const;

/** The options of a call have no text: their places are only ever asked for the keys that lead there. */
const root = Place.root({
  locate: () => {
    throw new Error("The options of a call have no spans");
  },
});

/** A handler's mistake is an error at once, and its place is the path into the options. */
const refuse: Report = (code, place, parameters, { hint, suggest } = {}) => {
  const say = catalogue[code] as (...parameters: readonly unknown[]) => string;
  const path = place.path.join(".");
  const sentences = [say(...parameters), suggest && didYouMean(suggest[0], suggest[1]), hint].filter(
    (text) => text !== undefined,
  );
  throw new TypeError(`${path && `${path}: `}${sentences.join(" ")}`);
};

function condition(table: Table, name: string, place: Place) {
  return (
    table.conditions.get(name) ??
    refuse("reference/unknown-condition", place, [table.name, name], { suggest: [name, table.conditions.keys()] })
  );
}

const reads: ReadonlySet<Verb> = new Set<Verb>(["get", "list", "page", "aggregate"]);

function kindOf(verb: Verb): "query" | "mutation" {
  return reads.has(verb) ? "query" : "mutation";
}

function selectionOf(body: SqlBody) {
  return "selection" in body ? body.selection : body.returns;
}
