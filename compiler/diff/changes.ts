import type { App } from "../ir/app.ts";
import type { Change } from "./change.ts";
import { enumChanges } from "./enums.ts";
import { match } from "./matching.ts";
import { operationChanges } from "./operations.ts";
import { settingChanges } from "./settings.ts";
import { tableChanges } from "./tables.ts";

/**
 * All that differs between two Apps and that somebody could notice: clients that are shipped, data that is there, those who run it.
 * Descriptions, and the order of what has names, are nobody's concern.
 */
export function changes(before: App, after: App): readonly Change[] {
  const matching = match(before, after);
  return [
    ...settingChanges(before, after),
    ...enumChanges(before, after),
    ...tableChanges(matching),
    ...operationChanges(before, after, matching),
  ];
}
