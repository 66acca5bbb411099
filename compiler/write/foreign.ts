import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { Place } from "../manifest/place.ts";
import type { WritePlan } from "./plan.ts";

/**
 * What to tell when files stand in the way that appflare did not write.
 *
 * @param beginning the manifest's first place: nothing in it is at fault
 */
export function foreignFiles({ foreign }: WritePlan, beginning: Pick<Place, "span">): Diagnostic[] {
  return foreign.map((path) => {
    const isWrangler = path.endsWith("wrangler.jsonc");
    const hint = isWrangler ? "What it sets can stand under `worker.wrangler` in the manifest." : undefined;
    return diagnostic("output/foreign-file", beginning.span, [path], hint === undefined ? {} : { hint });
  });
}
