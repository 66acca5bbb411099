import { readFileSync } from "node:fs";
import { build } from "esbuild";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { configured } from "../conformance/bundle.ts";

/** A Worker in a workerd of its own, reached directly and not through a proxy. */
export interface Host {
  readonly url: string;
  /** CPU seconds that workerd has used so far, user and system. */
  cpuSeconds(): number;
  /** resident memory of workerd, in bytes */
  residentBytes(): number;
  readonly database: D1Database;
  stop(): Promise<void>;
}

/** The D1 that a host lends for filling it. */
export interface D1Database {
  prepare(sql: string): {
    bind(...values: unknown[]): { run(): Promise<unknown>; all(): Promise<{ results: unknown[] }> };
    run(): Promise<unknown>;
  };
  batch(statements: unknown[]): Promise<unknown>;
}

/** A Worker as one ES module. */
export interface Bundle {
  readonly script: string;
  /** minified bytes, by package; the generated files are `generated` */
  readonly packages: ReadonlyMap<string, number>;
}

/** Bundles a Worker as wrangler would, minified. */
export async function bundle(entry: string): Promise<Bundle> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    platform: "browser",
    conditions: ["workerd", "worker", "browser"],
    target: "es2022",
    ...configured(entry),
    minify: true,
    write: false,
    external: ["cloudflare:*", "node:*"],
    logLevel: "error",
    metafile: true,
  });
  const packages = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(Object.values(result.metafile.outputs)[0]!.inputs)) {
    const name = packageOf(path);
    packages.set(name, (packages.get(name) ?? 0) + bytesInOutput);
  }
  return { script: result.outputFiles[0]!.text, packages };
}

function packageOf(path: string): string {
  const installed = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path);
  if (installed) return installed[1]!;
  return /(^|\/)dist\//.test(path) ? "appflare" : "generated";
}

/**
 * Starts a bundled Worker.
 *
 * @param script the text of its one module
 * @param bindings what it is bound to beside its database, in Miniflare's words
 */
export async function start(script: string, bindings: object = {}): Promise<Host> {
  const before = new Set(workerdProcesses());
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      workers: [
        {
          name: "bench",
          modules: [{ type: "ESModule", path: "worker.js", contents: script }],
          modulesRoot: "/",
          compatibilityDate: "2026-10-01",
          d1Databases: { DB: "bench" },
          ...bindings,
          unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
        },
      ],
    }),
  );
  await miniflare.ready;
  const url = (await miniflare.unsafeGetDirectURL("bench")).href.replace(/\/$/, "");
  const pid = workerdProcesses().find((process) => !before.has(process))!;
  const { DB } = await miniflare.getBindings<{ DB: D1Database }>("bench");
  return {
    url,
    cpuSeconds: () => cpuSeconds(pid),
    residentBytes: () => residentBytes(pid),
    database: DB,
    stop: () => miniflare.dispose(),
  };
}

function workerdProcesses(): number[] {
  return readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
}

/** proc(5): fields 14 and 15 of `stat`, in hundredths of a second. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) * 1024;
}
