import type { OperationManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import type { BodyContext } from "./context.ts";
import type { Lowering } from "./draft.ts";
import { lowerEach } from "./each.ts";
import type { Body } from "./operation.ts";

/**
 * A body that may be done for each of a list, and answers rows then.
 *
 * @param lower lowers it, where `$item` is what the context says
 */
export function lowerEachBody(
  lowering: Lowering,
  { each: written }: OperationManifest,
  place: Place,
  context: BodyContext,
  lower: (context: BodyContext) => Body | undefined,
): Body | undefined {
  if (written === undefined) return lower(context);
  const list = lowerEach(lowering, written, place.at("each"), context);
  const body = list && lower({ ...context, item: list.item });
  return body && ({ ...body, ...("single" in body && { single: false }), each: list.each } as Body);
}
