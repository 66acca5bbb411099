import type { App } from "../ir/app.ts";
import type { Setting } from "../ir/setting.ts";
import { authChanges } from "./auth.ts";
import { type Change, change, inNew, inOld, type Standing } from "./change.ts";
import { keyed, pair } from "./pairs.ts";
import { declaredLimitChanges } from "./rateLimits.ts";
import { settingText } from "./settingText.ts";

/** What stands around tables and operations. */
export function settingChanges(before: App, after: App): readonly Change[] {
  return [
    ...nameChange(before, after),
    ...originChanges(before, after),
    ...workerChanges(before, after),
    ...databaseChanges(before, after),
    ...authChanges(before, after),
    ...declaredLimitChanges(before, after),
  ];
}

/** A section's setting in the new manifest; the section, or the manifest's beginning, where it is not written. */
const settingAt = ({ places }: App, section: "database" | "worker", ...keys: readonly string[]): Standing =>
  inNew({ place: keys.reduce((place, key) => place.at(key), places[section]) });

function nameChange(before: App, after: App): Change[] {
  if (before.name === after.name) return [];
  return [change("app/name", "name", inNew({ place: after.places.name }), [before.name, after.name])];
}

/** `*` stands for every origin: nothing opens that was open to all, and nothing closes that is now. */
function originChanges(before: App, after: App): readonly Change[] {
  const [old, now] = [before, after].map(({ cors }) => keyed(cors.origins, settingText)) as [Origins, Origins];
  const { removed, added } = pair(old, now);
  const closed = now.has("*") ? [] : removed;
  const opened = old.has("*") ? [] : added;
  return [
    ...closed.map((origin) => originChange("cors/closed", origin, originAt(before, origin, inOld))),
    ...opened.map((origin) => originChange("cors/opened", origin, originAt(after, origin, inNew))),
  ];
}

type Origins = ReadonlyMap<string, Setting>;

function originChange(code: "cors/opened" | "cors/closed", origin: Setting, at: Standing): Change {
  const text = settingText(origin);
  return change(code, text, at, [text === "*" ? "any origin" : text]);
}

function originAt({ cors, places }: App, origin: Setting, side: typeof inOld): Standing {
  return side({ place: places.cors.at("origins").at(cors.origins.indexOf(origin)) });
}

function workerChanges(before: App, after: App): readonly Change[] {
  const [old, now] = [before.worker, after.worker];
  const code = now.maxBodyBytes > old.maxBodyBytes ? "worker/body-limit-raised" : "worker/body-limit-lowered";
  const keys = [...new Set([...Object.keys(old.wrangler), ...Object.keys(now.wrangler)])];
  const changed = keys.filter((key) => JSON.stringify(old.wrangler[key]) !== JSON.stringify(now.wrangler[key]));
  return [
    ...differing(old.maxBodyBytes, now.maxBodyBytes, (...sizes) =>
      change(code, "worker.maxBodyBytes", settingAt(after, "worker", "maxBodyBytes"), sizes),
    ),
    ...differing(old.compatibilityDate, now.compatibilityDate, (...dates) => {
      const at = settingAt(after, "worker", "compatibilityDate");
      return change("worker/compatibility-date", "worker.compatibilityDate", at, dates);
    }),
    ...changed.map((key) => {
      const at = settingAt(after, "worker", "wrangler", key);
      return change("worker/wrangler", `worker.wrangler.${key}`, at, [key]);
    }),
  ];
}

function databaseChanges({ database: old }: App, after: App): readonly Change[] {
  const now = after.database;
  const idText = (id: Setting | undefined): string => (id ? `\`${settingText(id)}\`` : "without an id");
  return [
    ...differing(old.binding, now.binding, (...names) =>
      change("database/binding", "database.binding", settingAt(after, "database", "binding"), names),
    ),
    ...differing(idText(old.id), idText(now.id), (...ids) =>
      change("database/id", "database.id", settingAt(after, "database", "id"), ids),
    ),
    ...(["defaultLimit", "maxLimit"] as const).flatMap((limit) =>
      differing(old[limit], now[limit], (...rows) => {
        const at = settingAt(after, "database", "query", limit);
        return change("database/limits", `database.query.${limit}`, at, [limit, ...rows]);
      }),
    ),
  ];
}

function differing<T>(before: T, after: T, tell: (before: T, after: T) => Change): readonly Change[] {
  return before === after ? [] : [tell(before, after)];
}
