import type { App } from "../ir/app.ts";
import type { Body, Operation } from "../ir/operation.ts";

/** A module of the manifest's folder as TypeScript imports it: `./handlers/reports.ts` is `handlers/reports.js`. */
export function importPath(module: string): string {
  return module.replace(/^\.\//, "").replace(/\.([cm]?)tsx?$/, ".$1js");
}

/** An operation that a function of the project answers. */
export type HandlerOperation = Operation & { readonly body: Extract<Body, { kind: "handler" }> };

/** The app's handler operations, in order. */
export function handlersOf(app: App): readonly HandlerOperation[] {
  return [...app.operations.values()].filter(
    (operation): operation is HandlerOperation => operation.body.kind === "handler",
  );
}
