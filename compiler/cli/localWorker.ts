import type { D1Database } from "@cloudflare/workers-types";
import type { unstable_DevEnv as DevEnv } from "wrangler";
import { describeFailure } from "./workerFailure.ts";

interface LocalWorkerOptions {
  /** the path of wrangler.jsonc */
  readonly config: string;
  readonly port: number;
  readonly persistTo: string;
  /** what the Worker's code printed, and exceptions that nobody caught */
  log(text: string): void;
}

/** Variables that a Worker is given beside those of its configuration. */
export type Variables = { readonly [name: string]: string };

/** The Worker serves what is on disk and was bundled from `files`, or there is a problem to show. */
export type Loaded = { readonly files: readonly string[] } | { readonly problem: string };

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** How workerd begins what it says of a Worker that threw while it started: `load` tells that better. */
const STARTING = "service core:";

type Reload = Parameters<DevEnv["proxy"]["onReloadComplete"]>[0];

/**
 * A Worker in workerd on this machine, by wrangler's own development server. It is told when to load, so that it never sees half
 * of a change, and after a failure it is put back to the last bundle that worked: left alone it would let requests hang.
 */
export class LocalWorker {
  readonly #options: LocalWorkerOptions;
  readonly #ownListeners = new Map(signals.map((signal) => [signal, process.listeners(signal)]));
  #server: DevEnv | undefined;
  #good: Reload | undefined;

  constructor(options: LocalWorkerOptions) {
    this.#options = options;
  }

  /** Bundles what is on disk and serves it. Returns when the new code is served, or the old one again. */
  async load(variables: Variables = {}): Promise<Loaded> {
    const bindings = bindingsOf(variables);
    const event = this.#server ? await this.#reload(this.#server, bindings) : await this.#start(bindings);
    this.#keepSignals();
    if (isReload(event)) {
      this.#good = event;
      return { files: Object.keys(event.bundle.dependencies) };
    }
    if (this.#good) await this.#restore(this.#server!, this.#good);
    else await this.stop();
    return { problem: describeFailure(event) };
  }

  /** The database behind a binding of the running Worker. */
  async database(binding: string): Promise<D1Database> {
    const simulator = this.#server?.runtimes.find((runtime) => runtime.mf)?.mf;
    if (!simulator) throw new Error("the Worker does not run");
    return (await simulator.getD1Database(binding)) as D1Database;
  }

  async stop(): Promise<void> {
    await this.#server?.teardown().catch(() => {
      // a Worker that never started says so again when it is stopped
    });
    this.#server = undefined;
  }

  async #start(bindings: Bindings): Promise<unknown> {
    const { unstable_DevEnv } = await import("wrangler");
    const server = new unstable_DevEnv();
    this.#server = server;
    server.on("runtimeError", (error: { stack: string }) => this.#options.log(`${error.stack}\n`));
    server.on("error", () => {
      // whoever waits for the next event hears of it; without a listener it would end the process
    });
    const event = nextEvent(server);
    try {
      await server.startWorker({ ...this.#input(), bindings });
    } catch (error) {
      return error;
    }
    return event;
  }

  /** Takes away what the simulator does on signals: it ends the process at once, and whoever runs the Worker wants to stop it. */
  #keepSignals(): void {
    for (const [signal, own] of this.#ownListeners) {
      for (const listener of process.listeners(signal)) if (!own.includes(listener)) process.off(signal, listener);
    }
  }

  async #reload(server: DevEnv, bindings: Bindings): Promise<unknown> {
    const event = nextEvent(server);
    await server.config.patch({ bindings });
    return event;
  }

  async #restore(server: DevEnv, { config, bundle }: Reload): Promise<void> {
    const event = nextEvent(server);
    server.dispatch({ type: "bundleComplete", config, bundle });
    await event;
  }

  #input(): Parameters<DevEnv["startWorker"]>[0] {
    const { config, port, persistTo, log } = this.#options;
    return {
      config,
      dev: {
        watch: false,
        inspector: false,
        logLevel: "none",
        persist: persistTo,
        server: { hostname: "127.0.0.1", port },
        structuredLogsHandler: ({ message }: { readonly message: string }) => {
          if (!message.startsWith(STARTING)) log(`${message}\n`);
        },
      },
    };
  }
}

type Bindings = NonNullable<Parameters<DevEnv["startWorker"]>[0]["bindings"]>;

function bindingsOf(variables: Variables): Bindings {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, { type: "secret_text" as const, value }]),
  );
}

/** What comes of a bundle: it is served, it could not be made, or it could not be started. */
function nextEvent(server: DevEnv): Promise<unknown> {
  return new Promise((resolve) => {
    const names = ["reloadComplete", "buildFailed", "error"];
    const settle = (event: unknown): void => {
      for (const name of names) server.off(name, settle);
      resolve(event);
    };
    for (const name of names) server.on(name, settle);
  });
}

function isReload(event: unknown): event is Reload {
  return (event as { readonly type?: unknown }).type === "reloadComplete";
}
