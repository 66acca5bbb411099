import type { App } from "../ir/app.ts";
import type { AuthSettings } from "../ir/auth.ts";
import type { Setting } from "../ir/setting.ts";
import type { Place } from "../manifest/place.ts";
import { type Change, change, inNew, inOld } from "./change.ts";
import { keyed, pair } from "./pairs.ts";
import { limitChange } from "./rateLimits.ts";
import { settingText } from "./settingText.ts";

/** How people sign in. Roles and fields are told as what they are: an enum, and columns. */
export function authChanges({ auth: before }: App, { auth: after }: App): readonly Change[] {
  if (!before) return after ? [change("auth/added", "auth", inNew(after), [])] : [];
  if (!after) return [change("auth/removed", "auth", inOld(before), [])];
  return [
    ...wayChanges(before, after),
    ...strengthChanges(before, after),
    ...originChanges(before, after),
    ...fieldChanges(before, after),
    ...secretChange(before, after),
    ...limitChange(
      "auth.limits.signIn",
      "The limit of sign-in",
      before.signInLimit,
      after.signInLimit,
      after.place.at("limits").at("signIn"),
    ),
  ];
}

/** By name: `emailPassword`, `social.github`. */
function waysOf(auth: AuthSettings): ReadonlyMap<string, Place> {
  const own = (["emailPassword", "emailCode", "magicLink", "passkey"] as const).filter((way) => auth[way]);
  return new Map([
    ...own.map((way) => [way, auth.place.at(way)] as const),
    ...[...auth.social.keys()].map((name) => [`social.${name}`, auth.place.at("social").at(name)] as const),
  ]);
}

function wayChanges(before: AuthSettings, after: AuthSettings): readonly Change[] {
  const [old, now] = [waysOf(before), waysOf(after)];
  const gone = [...old].filter(([way]) => !now.has(way));
  const come = [...now].filter(([way]) => !old.has(way));
  return [
    ...gone.map(([way, place]) => change("auth/way-removed", `auth.${way}`, inOld({ place }), [way])),
    ...come.map(([way, place]) => change("auth/way-added", `auth.${way}`, inNew({ place }), [way])),
  ];
}

/** What is stronger the greater it is, or the less. */
const strengths: readonly (readonly [path: string, of: (auth: AuthSettings) => number | undefined, way: 1 | -1])[] = [
  ["emailPassword.minLength", ({ emailPassword }) => emailPassword?.minLength, 1],
  ["emailCode.length", ({ emailCode }) => emailCode?.length, 1],
  ["emailCode.minutes", ({ emailCode }) => emailCode?.minutes, -1],
  ["magicLink.minutes", ({ magicLink }) => magicLink?.minutes, -1],
  ["session.days", ({ sessionDays }) => sessionDays, -1],
];

function strengthChanges(before: AuthSettings, after: AuthSettings): readonly Change[] {
  const told = (path: string, isLooser: boolean, old: string, now: string): Change => {
    const place = path.split(".").reduce((at, key) => at.at(key), after.place);
    return change(isLooser ? "auth/loosened" : "auth/tightened", `auth.${path}`, inNew({ place }), [path, old, now]);
  };
  const numbers = strengths.flatMap(([path, of, way]) => {
    const [old, now] = [of(before), of(after)];
    if (old === undefined || now === undefined || old === now) return [];
    return [told(path, (now - old) * way < 0, String(old), String(now))];
  });
  const [old, now] = [before.emailPassword?.verify, after.emailPassword?.verify];
  if (old === undefined || now === undefined || old === now) return numbers;
  return [...numbers, told("emailPassword.verify", old, String(old), String(now))];
}

function originChanges(before: AuthSettings, after: AuthSettings): readonly Change[] {
  const [old, now] = [before, after].map(({ trustedOrigins }) => keyed(trustedOrigins, settingText)) as [
    ReadonlyMap<string, Setting>,
    ReadonlyMap<string, Setting>,
  ];
  const { removed, added } = pair(old, now);
  const at = ({ place, trustedOrigins }: AuthSettings, origin: Setting) => ({
    place: place.at("trustedOrigins").at(trustedOrigins.indexOf(origin)),
  });
  return [
    ...removed.map((origin) => {
      const text = settingText(origin);
      return change("auth/origin-closed", text, inOld(at(before, origin)), [text]);
    }),
    ...added.map((origin) => {
      const text = settingText(origin);
      return change("auth/origin-opened", text, inNew(at(after, origin)), [text]);
    }),
  ];
}

/** What may, and what must be given at sign-up. */
function fieldChanges(before: AuthSettings, after: AuthSettings): readonly Change[] {
  return [...after.fields].flatMap(([name, { column, input }]) => {
    const old = before.fields.get(name);
    const subject = `auth.user.fields.${name}`;
    const isRequired = input && !column.nullable && column.default === undefined;
    const wasRequired = old?.input && !old.column.nullable && old.column.default === undefined;
    if (isRequired && !wasRequired) return [change("auth/input-required", subject, inNew(column), [name])];
    if (!old || old.input === input) return [];
    return [change(input ? "auth/input-opened" : "auth/input-closed", subject, inNew(column), [name])];
  });
}

function secretChange(before: AuthSettings, after: AuthSettings): Change[] {
  const [old, now] = [settingText(before.secret), settingText(after.secret)];
  if (old === now) return [];
  return [change("auth/secret", "auth.secret", inNew({ place: after.place.at("secret") }), [old, now])];
}
