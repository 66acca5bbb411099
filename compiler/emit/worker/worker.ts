import type { App } from "../../ir/app.ts";
import type { Setting } from "../../ir/setting.ts";
import type { Constant } from "../../ir/type.ts";
import type { Emitter } from "../emitter.ts";
import { counterClass, countsExactly, limitBinding, limitsOf } from "../limits.ts";
import { modules } from "../symbols.ts";
import { type Code, raw, ts } from "../ts/code.ts";
import { property, typeBody } from "../ts/list.ts";
import { Module } from "../ts/module.ts";

const types = "@cloudflare/workers-types";

/** Lists of bindings in wrangler's configuration, and the types of what they bind. */
const bindingTypes: { readonly [key: string]: string } = {
  d1_databases: "D1Database",
  kv_namespaces: "KVNamespace",
  r2_buckets: "R2Bucket",
  services: "Fetcher",
};

/** `worker.ts`: the entry point, and what the Worker is bound to. */
export const workerEmitter: Emitter = {
  name: "worker",
  summary: "the entry point of the Worker",
  emit(app: App) {
    const module = new Module("worker.ts", ["Env"]);
    module.add(
      ts`export interface Env ${typeBody(bindings(module, app), { expand: true })}`,
      "What the Worker is bound to.",
    );
    const worker = module.value("createWorker", "appflare/server");
    const [routes, server] = [module.value("routes", modules.routes), module.value("server", modules.routes)];
    if (countsExactly(app)) module.add(ts`export { ${raw(counterClass)} } from "appflare/server";`, "Counts requests.");
    module.add(ts`export default ${worker}(${routes}, ${server});`);
    return [module.file("The entry point of the Worker.")];
  },
};

/** Everything that the manifest tells of the environment: by name, the first to say it wins. */
function bindings(module: Module, app: App): Code[] {
  const found = new Map<string, () => Code>();
  const add = (name: string, type: () => Code): void => {
    if (!found.has(name)) found.set(name, type);
  };
  add(app.database.binding, () => module.type("D1Database", types));
  const { wrangler } = app.worker;
  for (const [key, type] of Object.entries(bindingTypes)) {
    for (const entry of listOf(wrangler[key])) {
      const name = mapOf(entry).binding;
      if (typeof name === "string") add(name, () => module.type(type, types));
    }
  }
  for (const [name, value] of Object.entries(mapOf(wrangler.vars))) add(name, () => raw(typeOf(value)));
  for (const limit of limitsOf(app)) {
    add(limitBinding(limit), () => module.type(limit.exact ? "DurableObjectNamespace" : "RateLimit", types));
  }
  for (const setting of settingsOf(app)) if (setting.kind === "env") add(setting.name, () => raw("string"));
  return [...found].map(([name, type]) => property(name, type()));
}

/** What may stand in the environment. */
function settingsOf({ cors, auth }: App): readonly Setting[] {
  if (!auth) return cors.origins;
  const social = [...auth.social.values()].flatMap((settings) => [...settings.values()]);
  return [...cors.origins, auth.secret, ...auth.trustedOrigins, ...social];
}

function typeOf(value: Constant): string {
  return typeof value === "object" ? "unknown" : typeof value;
}

function listOf(value: Constant | undefined): readonly Constant[] {
  return Array.isArray(value) ? value : [];
}

function mapOf(value: Constant | undefined): { readonly [key: string]: Constant } {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as { [key: string]: Constant })
    : {};
}
