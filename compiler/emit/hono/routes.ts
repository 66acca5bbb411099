import type { App } from "../../ir/app.ts";
import type { AuthSettings } from "../../ir/auth.ts";
import type { Setting } from "../../ir/setting.ts";
import { constraintsOf } from "../../plan/constraints.ts";
import type { EmitContext, Emitter } from "../emitter.ts";
import { handlersOf, importPath } from "../handlers.ts";
import { limitsOf, signInLimitOf } from "../limits.ts";
import { fromEnv } from "../settings.ts";
import { modules } from "../symbols.ts";
import { type Code, raw, ts } from "../ts/code.ts";
import { lines } from "../ts/lines.ts";
import { array, call, member, object } from "../ts/list.ts";
import { literal } from "../ts/literal.ts";
import { exportConst, Module } from "../ts/module.ts";
import { propertyAccess } from "../ts/string.ts";

const defaultMaxBodyBytes = 1_048_576;

/** `routes.ts`: the Hono app, a route an operation. */
export const honoEmitter: Emitter = {
  name: "hono",
  summary: "the routes of the Worker, for Hono",
  emit(app: App, context: EmitContext) {
    const module = new Module("routes.ts", ["server", "routes"]);
    const env = module.type("Env", modules.worker);
    const create = module.value("createServer", "appflare/server");
    const hono = module.value("Hono", "hono");
    module.add(
      exportConst(
        "server",
        call(ts`${create}<${env}>`, [object(serverOptions(module, app, context), { expand: true })]),
      ),
      "Answers requests: checks arguments, runs SQL, says what went wrong.",
    );
    module.add(
      lines([exportConst("routes", ts`new ${hono}<{ Bindings: ${env} }>()`), ...routes(app)]),
      "Mount it, or add middleware and routes of your own in a Worker of your own.",
    );
    return [module.file("The routes of the Worker.")];
  },
};

function routes(app: App): Code[] {
  const operations = [...app.operations.values()].map(({ kind, name }) =>
    kind === "query"
      ? ts`routes.get(${`/queries/${name}`}, server.query(${name}));`
      : ts`routes.post(${`/mutations/${name}`}, server.mutation(${name}));`,
  );
  return [
    ...operations,
    ...(app.auth ? [raw('routes.on(["GET", "POST"], "/auth/*", server.auth());')] : []),
    raw('routes.get("/health", server.health());'),
  ];
}

function serverOptions(module: Module, app: App, context: EmitContext): Code[] {
  const { maxBodyBytes } = app.worker;
  return [
    shorthand(module, "operations", modules.operations),
    shorthand(module, "validators", modules.validators),
    shorthand(module, "constraints", modules.operations),
    member("binding", literal(app.database.binding)),
    ...(maxBodyBytes === defaultMaxBodyBytes ? [] : [member("maxBodyBytes", literal(maxBodyBytes))]),
    ...(app.cors.origins.length > 0 ? [member("corsOrigins", origins(app.cors.origins))] : []),
    ...(app.auth ? [member("signIn", signIn(module, app, app.auth))] : []),
    ...(limitsOf(app).length > 0 ? [limiter(module)] : []),
    ...(handlersOf(app).length > 0 ? handlerOptions(module, app, context) : []),
  ];
}

function shorthand(module: Module, name: string, from: string): Code {
  return module.value(name, from);
}

function limiter(module: Module): Code {
  const create = module.value("createLimiter", "appflare/server");
  return member("limiter", call(create, [module.value("limits", modules.operations)]));
}

/** Who callers are; what signs them in is a module of its own, loaded when it is asked for. */
function signIn(module: Module, app: App, { secret, trustedOrigins }: AuthSettings): Code {
  const limit = signInLimitOf(app);
  return object(
    [
      shorthand(module, "identity", modules.operations),
      member("secret", ts`(env) => ${fromEnv(secret)}`),
      ...(trustedOrigins.length > 0 ? [member("trustedOrigins", origins(trustedOrigins))] : []),
      ...(limit ? [member("limit", literal(limit[0].name))] : []),
      member("load", ts`() => import(${modules.auth})`),
    ],
    { expand: true },
  );
}

/** Origins as they are written, or a function where one stands in the environment. */
function origins(settings: readonly Setting[]): Code {
  const list = array(settings.map(fromEnv));
  return settings.some(({ kind }) => kind === "env") ? ts`(env) => ${list}` : list;
}

/** What only handlers need: a Worker without them carries neither the planner nor Drizzle, and one whose handlers obey rules no Drizzle. */
function handlerOptions(module: Module, app: App, { toManifest }: EmitContext): Code[] {
  const handlerType = module.type("Handler", modules.operations);
  const entries = handlersOf(app).map(({ name, body }) => {
    const handler = module.value(body.export, `${toManifest}/${importPath(body.module)}`);
    return member(name, ts`${handler} satisfies ${handlerType}<${name}>`);
  });
  const { defaultLimit, maxLimit } = app.database;
  const createPlanner = module.value("createPlanner", "appflare/planner");
  const linkTables = module.value("linkTables", "appflare/planner");
  return [
    member("handlers", object(entries, { expand: true })),
    shorthand(module, "resultValidators", modules.validators),
    shorthand(module, "resultShapes", modules.operations),
    member(
      "planner",
      call(createPlanner, [
        ts`${linkTables}(${module.value("model", modules.operations)})`,
        literal({ defaultLimit, maxLimit }),
      ]),
    ),
    ...(usesDrizzle(app) ? [drizzleOption(module, app)] : []),
  ];
}

/** Drizzle obeys no rules: where there are some, it is for operations that do without. */
function usesDrizzle(app: App): boolean {
  return constraintsOf(app).rules === undefined || handlersOf(app).some(({ asSystem }) => asSystem !== undefined);
}

function drizzleOption(module: Module, app: App): Code {
  const drizzle = module.value("drizzle", "drizzle-orm/d1");
  const schema = module.namespace("schema", modules.schema);
  return member(
    "drizzle",
    ts`(env) => ${drizzle}(env${raw(propertyAccess(app.database.binding))}, { ${schema.flat() === "schema" ? schema : ts`schema: ${schema}`} })`,
  );
}
