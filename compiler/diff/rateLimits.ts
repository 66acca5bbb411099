import type { App } from "../ir/app.ts";
import type { Operation } from "../ir/operation.ts";
import type { RateLimit } from "../ir/rateLimit.ts";
import type { Place } from "../manifest/place.ts";
import { type Change, change, inNew, inOld } from "./change.ts";
import { pair } from "./pairs.ts";

/** Limits that have a name of their own are told once, whatever counts towards them. */
export function declaredLimitChanges(before: App, after: App): readonly Change[] {
  const { kept } = pair(before.rateLimits, after.rateLimits);
  return kept.flatMap(([old, now]) => differences(`limits.${now.name}`, `The limit "${now.name}"`, old, now));
}

/** What counts for an operation; the numbers of a limit that both name are told where it stands. */
export function rateLimitChanges({ rateLimit: before }: Operation, after: Operation): readonly Change[] {
  const { name, rateLimit: now } = after;
  const subject = `${name}.rateLimit`;
  if (!before) return now ? [change("limit/added", subject, inNew(now), [name, limitText(now)])] : [];
  if (!now) return [change("limit/removed", subject, inOld(before), [name, limitText(before)])];
  const isOwn = now.name.includes("/");
  if (before.name === now.name && !isOwn) return [];
  const told = differences(subject, `The limit of "${name}"`, before, now);
  if (told.length > 0 || before.name === now.name) return told;
  return [change("limit/counted", subject, inNew(now), [`"${name}"`, sharedText(before), sharedText(now)])];
}

/** A limit that has no name and counts in one way only. */
export function limitChange(
  subject: string,
  what: string,
  before: Numbers | undefined,
  after: Numbers | undefined,
  place: Place,
): readonly Change[] {
  const texts: [string, string, string] = [
    what,
    before ? limitText(before) : "none",
    after ? limitText(after) : "none",
  ];
  if (texts[1] === texts[2]) return [];
  const isLooser = !after || (before && (after.requests > before.requests || after.seconds < before.seconds));
  return [change(isLooser ? "limit/loosened" : "limit/tightened", subject, inNew({ place }), texts)];
}

type Numbers = Pick<RateLimit, "requests" | "seconds" | "exact">;

function differences(subject: string, what: string, before: RateLimit, after: RateLimit): readonly Change[] {
  const isLooser =
    after.requests > before.requests || after.seconds < before.seconds || (before.exact === true && !after.exact);
  const isSame =
    !isLooser && after.requests === before.requests && after.seconds === before.seconds && after.exact === before.exact;
  const texts: [string, string, string] = [what, limitText(before), limitText(after)];
  return [
    ...(isSame ? [] : [change(isLooser ? "limit/loosened" : "limit/tightened", subject, inNew(after), texts)]),
    ...(after.by === before.by
      ? []
      : [change("limit/counted", subject, inNew(after), [what, `by ${before.by}`, `by ${after.by}`])]),
  ];
}

const limitText = ({ requests, seconds, exact }: Numbers): string =>
  `${plural(requests, "request")} in ${plural(seconds, "second")}${exact ? ", exactly" : ""}`;

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

const sharedText = ({ name }: RateLimit): string => (name.includes("/") ? "alone" : `towards "${name}"`);
