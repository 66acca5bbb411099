import type { D1Database } from "@cloudflare/workers-types";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { databaseAt, databaseWorker } from "./database.ts";

/** What a Worker is bound to and runs by: the parts of wrangler.jsonc that matter here. */
export interface WorkerConfig {
  readonly compatibility_date: string;
  readonly compatibility_flags?: readonly string[];
  readonly vars?: { readonly [name: string]: string };
  readonly d1_databases: readonly { readonly binding: string }[];
  readonly ratelimits?: readonly {
    readonly name: string;
    readonly namespace_id: string;
    readonly simple: { readonly limit: number; readonly period: 10 | 60 };
  }[];
  /** all of their classes keep SQLite */
  readonly durable_objects?: {
    readonly bindings: readonly { readonly name: string; readonly class_name: string }[];
  };
}

export interface RunningWorker {
  readonly url: URL;
  readonly database: D1Database;
  /** what the Worker wrote to its log */
  readonly log: readonly string[];
  stop(): Promise<void>;
}

/** What sign-in is asked to sign with. */
const secret = "of the tests, and long enough for it";

/**
 * Starts a bundled Worker in a workerd of its own, with an empty D1 in memory. Requests reach it directly, not through a proxy.
 *
 * @param script the text of its one module
 */
export async function startWorker(script: string, config: WorkerConfig): Promise<RunningWorker> {
  const { binding } = config.d1_databases[0]!;
  const log: string[] = [];
  const shared = {
    modulesRoot: "/",
    compatibilityDate: config.compatibility_date,
    compatibilityFlags: [...(config.compatibility_flags ?? [])],
    d1Databases: { [binding]: "conformance" },
    unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
  };
  const module = (contents: string) => [{ type: "ESModule" as const, path: "worker.js", contents }];
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      handleStructuredLogs: ({ message }: { message: string }) => void log.push(message),
      workers: [
        {
          ...shared,
          name: "spec",
          modules: module(script),
          bindings: { AUTH_SECRET: secret, ...config.vars },
          ...countersOf(config),
        },
        { ...shared, name: "database", modules: module(databaseWorker(binding)) },
      ],
    }),
  );
  try {
    await miniflare.ready;
    const url = await miniflare.unsafeGetDirectURL("spec");
    const database = databaseAt(await miniflare.unsafeGetDirectURL("database"));
    return { url, database, log, stop: () => miniflare.dispose() };
  } catch (error) {
    await miniflare.dispose();
    throw error;
  }
}

/** What counts requests. */
function countersOf({ ratelimits = [], durable_objects }: WorkerConfig) {
  const objects = durable_objects?.bindings ?? [];
  return {
    ratelimits: Object.fromEntries(
      ratelimits.map(({ name, namespace_id, simple }) => [name, { namespace_id, simple }]),
    ),
    durableObjects: Object.fromEntries(
      objects.map(({ name, class_name }) => [name, { className: class_name, useSQLite: true }]),
    ),
  };
}
