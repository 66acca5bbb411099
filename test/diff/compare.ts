import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "../../compiler/compile.ts";
import { formatDiagnostics } from "../../compiler/diagnostics/format.ts";
import { acknowledge } from "../../compiler/diff/acknowledge.ts";
import type { Change } from "../../compiler/diff/change.ts";
import { changes } from "../../compiler/diff/changes.ts";
import { formatChanges, located } from "../../compiler/diff/report.ts";
import type { App } from "../../compiler/ir/app.ts";

export const base = readFileSync(join(import.meta.dirname, "base.yaml"), "utf8");

/** The manifest that edits of an area change: one of its own, or base.yaml. */
export function baseOf(area: string): string {
  const own = join(import.meta.dirname, `${area}.yaml`);
  return existsSync(own) ? readFileSync(own, "utf8") : base;
}

/** The App of a manifest that has no mistake. */
export function appOf(text: string): App {
  const { app, diagnostics } = check("appflare.yaml", () => Buffer.from(text));
  if (!app) throw new Error(formatDiagnostics(diagnostics));
  return app;
}

export const changesOf = (before: string, after: string): readonly Change[] => changes(appOf(before), appOf(after));

/** What is told of two manifests, the old one under `old:`. */
export function told(before: string, after: string): string {
  return formatChanges(located(acknowledge(changesOf(before, after), []).judged, "old:"));
}
