import { authKinds } from "./catalogue/auth.ts";
import { argumentKinds, resultKinds } from "./catalogue/calls.ts";
import { constraintKinds } from "./catalogue/constraints.ts";
import { operationKinds } from "./catalogue/operations.ts";
import { ruleKinds } from "./catalogue/rules.ts";
import { settingKinds } from "./catalogue/settings.ts";
import { tableKinds } from "./catalogue/tables.ts";

/**
 * Every kind of change that can be told of two manifests, by its code. The table in docs/changes.md is made of it, and each has a case
 * under test/diff.
 */
export const catalogue = {
  ...operationKinds,
  ...argumentKinds,
  ...resultKinds,
  ...tableKinds,
  ...constraintKinds,
  ...authKinds,
  ...ruleKinds,
  ...settingKinds,
} as const;

export type ChangeCode = keyof typeof catalogue;

/** What the message of a code has to be told. */
export type ChangeParameters<C extends ChangeCode> = Parameters<(typeof catalogue)[C]["say"]>;
