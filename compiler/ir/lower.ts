import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { ordered } from "../diagnostics/order.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { App } from "./app.ts";
import { lowerAuth, signedIn } from "./authSettings.ts";
import { lowerChecks } from "./checks.ts";
import { lowerColumn, lowerColumns } from "./columns.ts";
import { lowerComputed, lowerCounts } from "./computed.ts";
import type { Lowering } from "./draft.ts";
import { checkTypeNames, lowerEnums } from "./enums.ts";
import { checkFormerNames } from "./formerNames.ts";
import { deepFreeze } from "./freeze.ts";
import { lowerGuards } from "./guards.ts";
import { lowerIndexes } from "./indexes.ts";
import { lowerKeys } from "./keys.ts";
import { bodyContext, lowerConditions } from "./namedConditions.ts";
import { lowerOperations } from "./operations.ts";
import { lowerRateLimits } from "./rateLimits.ts";
import { lowerRelations } from "./relations.ts";
import { reportInto } from "./report.ts";
import { lowerRules } from "./rules.ts";
import { lowerSearchable } from "./search.ts";
import { hideSecrets, restoreSecrets, tellingSecrets } from "./secrets.ts";
import { lowerSettings, queryLimits, settingPlaces } from "./settings.ts";
import { isSecret, withSignIn } from "./signIn.ts";
import { declareTables } from "./tables.ts";
import { checkTenantRelations, guardTenantFields, lowerTenants } from "./tenants.ts";
import { described } from "./texts.ts";
import { reusableType } from "./types.ts";
import { findUniqueKeys } from "./uniqueKeys.ts";
import { settleUserRules } from "./userRules.ts";

/**
 * Makes the App of a manifest: shorthand expanded, names resolved, defaults filled, all of it checked and frozen.
 *
 * @returns every mistake of the manifest in the order of their places, and the App when none is an error
 */
export function lower(manifest: Manifest): { app?: App; diagnostics: readonly Diagnostic[] } {
  const found: Diagnostic[] = [];
  const app = lowerAll(startLowering(manifest, found));
  const diagnostics = ordered(found);
  return diagnostics.some(({ severity }) => severity === "error")
    ? { diagnostics }
    : { app: deepFreeze(app), diagnostics };
}

function startLowering(written: Manifest, found: Diagnostic[]): Lowering {
  const said = reportInto(found);
  const manifest = withSignIn(written, said);
  const report = manifest.auth ? tellingSecrets(said, (table, column) => isSecret(manifest, table, column)) : said;
  const lowering: Lowering = {
    manifest,
    report,
    references: "manifest",
    enums: new Map(),
    types: new Map(),
    unfinished: new Map(),
    tables: new Map(),
    rateLimits: new Map(),
    failed: new Set(),
    column: (table, name, trail) => lowerColumn(lowering, table, name, trail),
    limits: queryLimits(manifest, report),
  };
  return lowering;
}

/** The order of the parts: each relies on those before it. Types and columns may name one another, so tables are declared first. */
function lowerAll(lowering: Lowering): App {
  const { manifest, enums, tables, rateLimits } = lowering;
  lowerRateLimits(lowering);
  lowerEnums(lowering);
  checkTypeNames(lowering);
  declareTables(lowering);
  checkFormerNames(lowering);
  for (const [name, declared] of manifest.types) reusableType(lowering, name, declared);
  lowerColumns(lowering);
  lowering.signIn = signedIn(lowering);
  hideSecrets(lowering);
  lowerComputed(lowering);
  lowerKeys(lowering);
  lowerTenants(lowering);
  findUniqueKeys(lowering);
  lowerRelations(lowering);
  checkTenantRelations(lowering);
  lowerChecks(lowering);
  lowerSearchable(lowering);
  const context = bodyContext(lowering);
  lowerCounts(lowering, context);
  lowerConditions(lowering, context);
  lowerGuards(lowering, context);
  guardTenantFields(lowering);
  lowerRules(lowering, context);
  settleUserRules(lowering);
  lowerIndexes(lowering, context);
  const operations = lowerOperations(lowering, context);
  restoreSecrets(lowering);
  const auth = lowerAuth(lowering);
  return {
    name: manifest.name.value,
    ...described(manifest, manifest.root, lowering),
    ...lowerSettings(lowering),
    ...(auth && { auth }),
    rateLimits,
    enums,
    types: new Map(
      [...lowering.types].flatMap(([name, of]) => (of ? [[name, { type: of.type, nullable: of.nullable }]] : [])),
    ),
    tables,
    operations,
    places: settingPlaces(manifest),
  };
}
