import type { Place } from "../manifest/place.ts";
import type { App, DatabaseSettings, SettingPlaces, WorkerSettings } from "./app.ts";
import type { Lowering } from "./draft.ts";
import type { Setting } from "./setting.ts";
import { lowerText } from "./texts.ts";
import type { Constant } from "./type.ts";

/** The compatibility date of a Worker whose manifest gives none: fixed, so that one manifest always makes one Worker. */
const COMPATIBILITY_DATE = "2026-10-01";
const MAX_BODY_BYTES = 1_048_576;
const MAX_ROWS = 1_000_000;

/** What the compiler generates of wrangler's configuration. */
const generated: ReadonlySet<string> = new Set(["$schema", "name", "main", "compatibility_date", "d1_databases"]);

/** How many rows a list has where nothing else is said. */
export function queryLimits({ database }: Lowering["manifest"], report: Lowering["report"]): Lowering["limits"] {
  const { maxLimit = 1000, defaultLimit = Math.min(100, maxLimit) } = database?.value.query ?? {};
  if (database && defaultLimit > maxLimit) {
    report("settings/limits", database.place.at("query").at("defaultLimit"), [defaultLimit, maxLimit]);
  }
  return { defaultLimit, maxLimit };
}

/** `database`, `worker` and `cors`, with every default filled. */
export function lowerSettings(lowering: Lowering): Pick<App, "database" | "worker" | "cors"> {
  return { database: lowerDatabase(lowering), worker: lowerWorker(lowering), cors: lowerCors(lowering) };
}

/** Where each section stands. */
export function settingPlaces({ root, name, database, worker, cors }: Lowering["manifest"]): SettingPlaces {
  return {
    name: name.place,
    database: database?.place ?? root,
    worker: worker?.place ?? root,
    cors: cors?.place ?? root,
  };
}

function lowerDatabase(lowering: Lowering): DatabaseSettings {
  const { database } = lowering.manifest;
  const settingOf = (key: "id" | "previewId"): Setting | undefined => {
    const written = database?.value[key];
    return written === undefined ? undefined : lowerSetting(lowering, written, database!.place.at(key));
  };
  const [id, previewId] = [settingOf("id"), settingOf("previewId")];
  const binding = database?.value.binding ?? "DB";
  const maxRows = database?.value.query?.maxRows ?? MAX_ROWS;
  return { binding, ...(id && { id }), ...(previewId && { previewId }), ...lowering.limits, maxRows };
}

function lowerWorker(lowering: Lowering): WorkerSettings {
  const { report, manifest } = lowering;
  const {
    compatibilityDate = COMPATIBILITY_DATE,
    maxBodyBytes = MAX_BODY_BYTES,
    wrangler = {},
  } = manifest.worker?.value ?? {};
  const place = manifest.worker?.place;
  for (const key of Object.keys(wrangler)) {
    if (generated.has(key)) report("settings/generated", place!.at("wrangler").at(key), [key], { at: "key" });
  }
  return {
    compatibilityDate,
    maxBodyBytes,
    wrangler: place ? lowerTexts(lowering, wrangler, place.at("wrangler")) : {},
  };
}

/** Texts at any depth, unescaped. */
function lowerTexts<T extends Constant>(lowering: Lowering, value: T, place: Place): T {
  if (typeof value === "string") return (lowerText(value, place, lowering) ?? value) as T;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value))
    return value.map((item, index) => lowerTexts(lowering, item, place.at(index))) as unknown as T;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, lowerTexts(lowering, item, place.at(key))]),
  ) as T;
}

function lowerCors(lowering: Lowering): App["cors"] {
  const { cors } = lowering.manifest;
  const place = cors?.place.at("origins");
  const origins = (cors?.value.origins ?? []).flatMap((written, index, all) => {
    const setting = lowerOrigin(lowering, written, place!.at(index));
    if (written === "*" && all.length > 1) lowering.report("settings/any-origin", place!.at(index), []);
    return setting ?? [];
  });
  return { origins };
}

/** An origin of web pages, written as browsers say it: it is compared letter by letter. */
export function lowerOrigin(lowering: Lowering, written: string, place: Place): Setting | undefined {
  const setting = lowerSetting(lowering, written, place);
  if (setting?.kind !== "constant" || setting.value === "*") return setting;
  if (setting.value.includes("*")) return lowering.report("settings/any-origin", place, []);
  const said = originOf(setting.value);
  if (said !== setting.value) lowering.report("settings/origin", place, [said], { replace: said });
  return setting;
}

/** Small letters, no port where it is the usual one, no name of a user; of apps whose pages have a scheme of their own, as it is. */
function originOf(written: string): string {
  if (!URL.canParse(written)) return written;
  const { origin } = new URL(written);
  return origin === "null" ? written : origin;
}

/** A text, or `$env.NAME`. */
export function lowerSetting(lowering: Lowering, written: string, place: Place): Setting | undefined {
  const [, name] = /^\$env\.([A-Za-z_][A-Za-z0-9_]*)$/.exec(written) ?? [];
  if (name !== undefined) return { kind: "env", name };
  if (/^\$[^$]/.test(written)) return lowering.report("reference/scope", place, [written, "a setting", ["$env.NAME"]]);
  const value = lowerText(written, place, lowering);
  return value === undefined ? undefined : { kind: "constant", value };
}
