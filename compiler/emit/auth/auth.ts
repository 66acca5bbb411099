import type { App } from "../../ir/app.ts";
import type { AuthSettings } from "../../ir/auth.ts";
import type { Setting } from "../../ir/setting.ts";
import { shapesOf } from "../../plan/shape.ts";
import type { EmitContext, Emitter } from "../emitter.ts";
import { importPath } from "../handlers.ts";
import { inputsOf } from "../inputs.ts";
import { fromEnv } from "../settings.ts";
import { modules, tableSymbol } from "../symbols.ts";
import { type Code, raw, ts } from "../ts/code.ts";
import { call, member, object } from "../ts/list.ts";
import { type Data, literal } from "../ts/literal.ts";
import { exportConst, Module } from "../ts/module.ts";
import { propertyAccess } from "../ts/string.ts";

/** `auth.ts`: what answers `/auth/*`, where people sign in. */
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
    return [module.file("How people sign in.")];
  },
};

function options(module: Module, app: App, auth: AuthSettings, { toManifest }: EmitContext): Code[] {
  const { users, sessions, accounts, verifications } = auth.tables;
  const drizzle = module.value("drizzle", "drizzle-orm/d1");
  const tables = { user: users, session: sessions, account: accounts, verification: verifications };
  const { mail } = auth;
  return [
    member("settings", literal(settings(app, auth) as unknown as Data, { expand: true })),
    member("drizzle", ts`(env) => ${drizzle}(env${raw(propertyAccess(app.database.binding))})`),
    member(
      "tables",
      object(
        Object.entries(tables).map(([name, table]) => member(name, module.value(tableSymbol(table), modules.schema))),
      ),
    ),
    ...(inputsOf(auth).size > 0 ? [member("signUp", module.value("signUpValidator", modules.validators))] : []),
    ...(auth.social.size > 0 ? [member("social", ts`(env) => (${social(auth.social)})`)] : []),
    ...(mail ? [member("mail", module.value(mail.export, `${toManifest}/${importPath(mail.module)}`))] : []),
  ];
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
