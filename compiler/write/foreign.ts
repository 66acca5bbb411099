import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { Span } from "../source/span.ts";
import type { WritePlan } from "./plan.ts";

/**
 * What to tell when files stand in the way that appflare did not write.
 *
 * @param span the manifest's first place: nothing in it is at fault
 */
export function foreignFiles({ foreign }: WritePlan, span: Span): Diagnostic[] {
  return foreign.map((path) => {
    const isWrangler = path.endsWith("wrangler.jsonc");
    const hint = isWrangler ? "What it sets can stand under `worker.wrangler` in the manifest." : undefined;
    return diagnostic("output/foreign-file", span, [path], hint === undefined ? {} : { hint });
  });
}
