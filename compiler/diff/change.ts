import type { Place } from "../manifest/place.ts";
import { type ChangeCode, type ChangeParameters, catalogue } from "./catalogue.ts";
import type { Level } from "./kind.ts";

/** Where a change stands: in the new manifest, or in the old one for what is gone. */
export interface Standing {
  readonly side: "before" | "after";
  readonly place: Place;
}

export const inOld = ({ place }: { readonly place: Place }): Standing => ({ side: "before", place });
export const inNew = ({ place }: { readonly place: Place }): Standing => ({ side: "after", place });

/** One difference between two manifests, and what it does to those who rely on the old one. */
export interface Change extends Standing {
  readonly code: ChangeCode;
  readonly level: Level;
  /** what changed, in names and dots: `tasks/list.search`, `tasks.title`. With the code it says which change this is */
  readonly subject: string;
  readonly message: string;
  readonly reason: string;
}

/**
 * Makes a change of a code of the catalogue.
 *
 * @param parameters what the code's message has to be told
 * @param hint a sentence behind the reason
 */
export function change<C extends ChangeCode>(
  code: C,
  subject: string,
  { side, place }: Standing,
  parameters: ChangeParameters<C>,
  hint?: string,
): Change {
  const kind = catalogue[code];
  const say = kind.say as (...parameters: ChangeParameters<C>) => string;
  const reason = hint === undefined ? kind.reason : `${kind.reason} ${hint}`;
  return { code, level: kind.level, subject, message: say(...parameters), reason, side, place };
}
