import type { AudienceManifest, OperationManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import type { Lowering } from "./draft.ts";
import type { Audience } from "./operation.ts";
import { rolesOf } from "./signIn.ts";

/** What `defaults` say of who may call. Says what is wrong there, once. */
export function defaultAudience(lowering: Lowering): Audience | undefined {
  const { defaults } = lowering.manifest;
  const written = defaults?.value.auth;
  return written === undefined ? undefined : lowerAudience(lowering, '"defaults"', written, defaults!.place.at("auth"));
}

/** Who may call an operation: what it says, what `defaults` say, or whoever is signed in. Says what is wrong, and takes nobody's word for it. */
export function audienceOf(
  lowering: Lowering,
  name: string,
  { auth }: OperationManifest,
  place: Place,
  usual: Audience | undefined,
): Audience {
  if (auth !== undefined) return lowerAudience(lowering, `"${name}"`, auth, place.at("auth")) ?? "user";
  if (usual === undefined && lowering.manifest.defaults?.value.auth === undefined && !lowering.manifest.auth)
    lowering.report("operation/no-auth", place, [name], { at: "key" });
  return usual ?? "user";
}

function lowerAudience(
  { manifest, report }: Lowering,
  owner: string,
  written: AudienceManifest,
  place: Place,
): Audience | undefined {
  if (written === "public") return "public";
  if (!manifest.auth) {
    const extras = { hint: `Say how people sign in, \`auth: { emailPassword: true }\`, or say "auth: public".` };
    return report("operation/no-sign-in", place, [owner], extras);
  }
  if (written === "user") return "user";
  const roles = rolesOf(manifest.auth.value);
  const listed = typeof written === "string" ? [written] : written;
  const known = listed.map((role, index) => {
    const at = typeof written === "string" ? place : place.at(index);
    if (typeof written !== "string" && (role === "public" || role === "user"))
      return report("operation/audience-alone", at, [role]);
    return roles.includes(role) ? role : unknownRole(role, roles, typeof written === "string", at, report);
  });
  return known.includes(undefined) ? undefined : (known as string[]);
}

function unknownRole(
  role: string,
  roles: readonly string[],
  alone: boolean,
  place: Place,
  report: Lowering["report"],
): undefined {
  const several = role.split(/[\s,|]+/);
  if (several.length > 1 && several.every((one) => roles.includes(one))) {
    const list = `[${several.join(", ")}]`;
    return report("reference/unknown-role", place, [role], { hint: `Roles are a list: ${list}.`, rewrite: list });
  }
  if (!alone) return report("reference/unknown-role", place, [role], { suggest: [role, roles] });
  const meant = foreignAudiences.get(role.toLowerCase().replace(/[^a-z]/g, ""));
  return report("reference/unknown-role", place, [role], {
    ...(meant
      ? { hint: `${meant === "user" ? "Anybody who is signed in" : "Anybody"} is "${meant}" here.`, replace: meant }
      : { suggest: [role, [...roles, "user", "public"]] as const }),
  });
}

/** How other tools call anybody who is signed in, and anybody at all. */
const foreignAudiences: ReadonlyMap<string, "user" | "public"> = new Map([
  ..."authenticated authed isauthenticated signedin loggedin required users login private member"
    .split(" ")
    .map((word) => [word, "user"] as const),
  ..."anonymous anon anyone anybody everyone everybody none guest all open"
    .split(" ")
    .map((word) => [word, "public"] as const),
]);

/** Why an operation sees and does everything: `because` beside `as: system`. Says where one stands without the other. */
export function systemReason(
  { report }: Lowering,
  { as, because }: OperationManifest,
  place: Place,
): string | undefined {
  if (as === undefined && because !== undefined)
    report("operation/because-alone", place.at("because"), [], { at: "key" });
  if (as !== undefined && because === undefined) report("operation/no-because", place.at("as"), [], { at: "key" });
  return as && because;
}
