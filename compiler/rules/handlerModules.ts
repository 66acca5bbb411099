import type { App } from "../ir/app.ts";
import type { Report } from "../ir/report.ts";

/**
 * The module of a handler is there. A warning: whoever writes one wants the types first that are generated for it.
 *
 * @param exists whether there is a file at a path relative to the manifest's folder
 */
export function handlerModules(app: App, exists: (path: string) => boolean, report: Report): void {
  for (const { body, place } of app.operations.values()) {
    if (body.kind === "handler" && !exists(body.module)) {
      report("handler/missing-module", place.at("handler"), [body.module], { severity: "warning" });
    }
  }
}
