import type { App } from "../ir/app.ts";
import type { Body, Operation } from "../ir/operation.ts";

/** An operation that a function of the project answers. */
export type HandlerOperation = Operation & { readonly body: Extract<Body, { kind: "handler" }> };

/** The app's handler operations, in order. */
export function handlersOf(app: App): readonly HandlerOperation[] {
  return [...app.operations.values()].filter(
    (operation): operation is HandlerOperation => operation.body.kind === "handler",
  );
}
