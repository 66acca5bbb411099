import { nearest } from "../diagnostics/suggest.ts";
import type { Place } from "../manifest/place.ts";
import { listed } from "../manifest/words.ts";
import type { Operand } from "./condition.ts";
import type { ReportExtras } from "./report.ts";
import type { LiteralContext } from "./texts.ts";

/** What may be said of who calls. `anybody`: there is a value only where somebody is signed in, and anybody may call. */
export interface CallerScope {
  readonly session: boolean;
  readonly anybody?: boolean;
}

/** `$user.field` and `$session.field`. Says what does not exist, and where nobody may be signed in whose it is. */
export function callerReference(
  root: "user" | "session",
  path: readonly string[],
  marked: boolean,
  text: string,
  place: Place,
  scope: CallerScope | undefined,
  { report, signIn }: LiteralContext,
  extras: ReportExtras,
): Extract<Operand, { kind: "user" | "session" }> | undefined {
  if (!signIn)
    return report("reference/no-sign-in", place, [`$${root}`], {
      ...extras,
      hint: "Say how people sign in: `auth: { emailPassword: true }`.",
    });
  const known = signIn[root];
  const [name, ...below] = path;
  if (name === undefined || below.length > 0)
    return report("reference/syntax", place, [text], {
      hint: `$${root} has ${listed([...known.keys()])}: \`$${root}.${known.has(name ?? "") ? name : "id"}\`.`,
      ...extras,
    });
  const column = known.get(name);
  if (!column) {
    const right = root === "user" ? foreignFields.get(name.toLowerCase()) : undefined;
    const written = (other: string) => text.replace(`.${name}`, `.${other}`);
    return report("reference/unknown-field", place, [root, name], {
      ...extras,
      ...(right ? { hint: `Write ${written(right)}.`, replace: written(right) } : advice(name, known, root, written)),
    });
  }
  if (marked) return report("reference/needless-mark", place, [text], { ...extras, replace: text.slice(0, -1) });
  if (scope?.anybody) return report("reference/nobody", place, [text], extras);
  return { kind: root, field: name, of: { type: column.type, nullable: column.nullable } };
}

/** What may be meant by a field that there is not. */
function advice(
  name: string,
  known: ReadonlyMap<string, unknown>,
  root: "user" | "session",
  written: (other: string) => string,
): ReportExtras {
  if (/^(is[A-Z]\w*|roles|groups|permissions)$/.test(name) && root === "user")
    return { hint: "What somebody is, the role says: `$user.role: admin`." };
  if (nearest(name, [...known.keys()])) return { suggest: [name, known.keys(), written] };
  return root === "user" ? { hint: 'Fields of users are declared under "auth.user.fields".' } : {};
}

/** What other tools call what is known of who calls. */
export const foreignFields: ReadonlyMap<string, string> = new Map([
  ["uid", "id"],
  ["userid", "id"],
  ["sub", "id"],
  ["mail", "email"],
  ["emailaddress", "email"],
  ["displayname", "name"],
  ["username", "name"],
  ["picture", "image"],
  ["avatar", "image"],
]);
