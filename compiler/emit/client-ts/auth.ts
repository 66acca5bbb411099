import type { AuthSettings } from "../../ir/auth.ts";
import type { Column } from "../../ir/table.ts";
import { shapesOf } from "../../plan/shape.ts";
import { conversionOf } from "../shapes.ts";
import { type Code, raw, scalar, sequence, ts } from "../ts/code.ts";
import { documented, intersection, union } from "../ts/lines.ts";
import { member, object, property, typeBody } from "../ts/list.ts";
import { type Data, literal } from "../ts/literal.ts";
import type { Module } from "../ts/module.ts";
import type { TypePrinter } from "../types.ts";

/** What the client's file calls the types of sign-in. */
export interface AuthNames {
  readonly user: string;
  readonly session: string;
  readonly signUp: string;
}

/** Adds the types of who is signed in, of the session, and of what sign-up takes where there are passwords. */
export function addAuthTypes(module: Module, types: TypePrinter, settings: AuthSettings, names: AuthNames): void {
  const row = (columns: Iterable<Column>) =>
    typeBody(
      Array.from(columns, (column) =>
        documented(column.description, property(column.name, types.value(column, "reader"))),
      ),
      { expand: true },
    );
  module.add(ts`export interface ${raw(names.user)} ${row(settings.user.values())}`, "Who is signed in.");
  module.add(ts`export interface ${raw(names.session)} ${row(settings.session.values())}`);
  if (!settings.emailPassword) return;
  const given = [
    ...["name", "email", "password"].map((name) => property(name, raw("string"))),
    ...["image", "callbackURL"].map((name) => property(name, raw("string | undefined"), { optional: true })),
    ...inputs(settings).map((column) => {
      const optional = column.nullable || column.default !== undefined;
      const type = types.value(column, "caller");
      const written = optional ? union([type, raw("undefined")]) : type;
      return documented(column.description, property(column.name, written, { optional }));
    }),
  ];
  module.add(
    ts`export interface ${raw(names.signUp)} ${typeBody(given, { expand: true })}`,
    "What sign-up takes. `callbackURL` is where the link in the mail leads that verifies the address.",
  );
}

/** The type of `client.auth`: methods of the ways to sign in that are declared. */
export function authType(module: Module, runtime: string, settings: AuthSettings, names: AuthNames): Code {
  const of = (type: string, ...args: Code[]) =>
    sequence([
      ...[module.type(type, runtime), raw("<")],
      ...args.flatMap((arg, index) => (index === 0 ? [arg] : [raw(", "), arg])),
      raw(">"),
    ]);
  const user = raw(names.user);
  const { emailPassword, emailCode, magicLink, social } = settings;
  return intersection([
    of("SessionAuth", user, raw(names.session)),
    ...(emailPassword
      ? [of("PasswordAuth", user, raw(names.signUp), ...(emailPassword.verify ? [raw("null")] : []))]
      : []),
    ...(emailCode ? [of("CodeAuth", user)] : []),
    ...(magicLink ? [of("LinkAuth", user)] : []),
    ...(social.size > 0 ? [of("SocialAuth", union([...social.keys()].map(scalar)))] : []),
  ]);
}

/** How the values of sign-in travel, as the client's runtime reads it. */
export function authShapes(settings: AuthSettings): Code {
  const { user, session, emailPassword } = settings;
  const rows = { user: conversionOf({ object: shapesOf(user) }), session: conversionOf({ object: shapesOf(session) }) };
  const own = Object.fromEntries(["name", "email", "password", "image", "callbackURL"].map((name) => [name, "string"]));
  const fields = shapesOf(new Map(inputs(settings).map((column) => [column.name, column])));
  return object(
    [
      ...Object.entries(rows).flatMap(([name, shape]) => (shape ? [member(name, literal(shape as Data))] : [])),
      ...(emailPassword ? [member("signUp", literal({ object: { ...own, ...fields } } as Data))] : []),
    ],
    { expand: true },
  );
}

/** The fields that sign-up may set. */
function inputs({ fields }: AuthSettings): readonly Column[] {
  return [...fields.values()].flatMap(({ column, input }) => (input ? [column] : []));
}
