/** Where a command meets the world. Tests hand in their own; only `main.ts` makes the real one. */
export interface Io {
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
  /** whether people read along, so that colours help */
  readonly isTTY: boolean;
  out(text: string): void;
  err(text: string): void;
  /** aborts when the user asks to stop; asking for it means that the command stops by itself */
  interrupted(): AbortSignal;
}

/** The Io of this process. */
export function processIo(): Io {
  return {
    cwd: process.cwd(),
    env: process.env,
    isTTY: process.stderr.isTTY === true && process.env.NO_COLOR === undefined,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    interrupted() {
      const controller = new AbortController();
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => controller.abort());
      // npm ends on a signal without passing it on: what it started ends with it
      if (process.env.npm_command !== undefined) whenOrphaned(() => controller.abort());
      return controller.signal;
    },
  };
}

/** Calls back once the process that started this one is gone. */
function whenOrphaned(call: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    call();
  }, 500);
  timer.unref();
}
