import type { App } from "../../ir/app.ts";
import type { AuthSettings } from "../../ir/auth.ts";
import type { Setting } from "../../ir/setting.ts";
import type { Column, Table } from "../../ir/table.ts";
import { shapesOf } from "../../plan/shape.ts";
import type { EmitContext, Emitter } from "../emitter.ts";
import { importPath } from "../handlers.ts";
import { inputsOf } from "../inputs.ts";
import { fromEnv } from "../settings.ts";
import { modules } from "../symbols.ts";
import { type Code, raw, ts } from "../ts/code.ts";
import { call, member, object } from "../ts/list.ts";
import { type Data, literal } from "../ts/literal.ts";
import { exportConst, Module } from "../ts/module.ts";
import { propertyAccess } from "../ts/string.ts";

/** `auth.ts`: what answers `/auth/*`, where people sign in. `unused.ts`: what keeps it small. */
export const authEmitter: Emitter = {
  name: "auth",
  summary: "how people sign in, where they do",
  emit(app: App, context: EmitContext) {
    if (!app.auth) return [];
    const module = new Module("auth.ts", ["auth"]);
    const create = module.value("createAuth", "appflare/auth");
    const env = module.type("Env", modules.worker);
    module.add(
      exportConst(
        "auth",
        call(ts`${create}<${env}>`, [object(options(module, app, app.auth, context), { expand: true })]),
      ),
      "Answers `/auth/*`. It is loaded with the first request that asks for it.",
    );
    const unused = new Module("unused.ts", []);
    unused.add(raw('export * from "appflare/auth/unused";'));
    return [
      module.file("How people sign in."),
      unused.file(
        "What a bundle has in the place of what is never called: the `alias` of `wrangler.jsonc` leads here.",
      ),
    ];
  },
};

function options(module: Module, app: App, auth: AuthSettings, { toManifest }: EmitContext): Code[] {
  const { users, sessions, accounts, verifications } = auth.tables;
  const tables = { user: users, session: sessions, account: accounts, verification: verifications };
  const { mail } = auth;
  return [
    member("settings", literal(settings(app, auth) as unknown as Data, { expand: true })),
    member("database", ts`(env) => env${raw(propertyAccess(app.database.binding))}`),
    member("tables", object(Object.entries(tables).map(([name, table]) => member(name, literal(tableData(table)))))),
    ...(inputsOf(auth).size > 0 ? [member("signUp", module.value("signUpValidator", modules.validators))] : []),
    ...(auth.social.size > 0 ? [member("social", ts`(env) => (${social(auth.social)})`)] : []),
    ...(mail ? [member("mail", module.value(mail.export, `${toManifest}/${importPath(mail.module)}`))] : []),
  ];
}

/** A table as sign-in writes it: without what SQLite reckons, and with what a Worker makes for a row. */
function tableData({ sqlName, columns }: Table): Data {
  const stored = [...columns.values()].filter(({ computed }) => !computed);
  const made = stored.flatMap((column) => entryOf(column, column.default?.kind));
  const touched = stored.flatMap((column) => entryOf(column, column.onUpdate));
  return {
    name: sqlName,
    columns: Object.fromEntries(stored.map((column) => [column.name, column.sqlName])),
    ...(made.length > 0 && { made: Object.fromEntries(made) }),
    ...(touched.length > 0 && { touched: Object.fromEntries(touched) }),
  };
}

/** How a Worker makes a column's value; none where the database does, or nobody. */
function entryOf({ name, type }: Column, kind: string | undefined): [string, string][] {
  if (kind === "now") return [[name, type.kind === "date" ? "today" : "now"]];
  return kind === "uuid" || kind === "nanoid" ? [[name, kind]] : [];
}

function settings(app: App, auth: AuthSettings): object {
  const { emailPassword, emailCode, magicLink, sessionDays, refreshDays, roles } = auth;
  const inputs = inputsOf(auth);
  return {
    name: app.name,
    ...(emailPassword && { emailPassword }),
    ...(emailCode && { emailCode }),
    ...(magicLink && { magicLink }),
    ...{ sessionDays, refreshDays, role: roles[0] },
    ...(inputs.size > 0 && { inputs: shapesOf(inputs) }),
  };
}

function social(providers: AuthSettings["social"]): Code {
  const of = (provider: ReadonlyMap<string, Setting>) =>
    object(Array.from(provider, ([name, setting]) => member(name, fromEnv(setting))));
  return object(Array.from(providers, ([name, provider]) => member(name, of(provider))));
}
