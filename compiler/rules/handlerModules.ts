import type { App } from "../ir/app.ts";
import type { Report } from "../ir/report.ts";

/**
 * The module of a handler is there, and the one that sends mail. A warning: whoever writes one wants the types first that are generated for it.
 *
 * @param exists whether there is a file at a path relative to the manifest's folder
 */
export function handlerModules(app: App, exists: (path: string) => boolean, report: Report): void {
  const { auth } = app;
  if (auth?.mail && !exists(auth.mail.module))
    report("handler/missing-module", auth.place.at("mail"), [auth.mail.module], { severity: "warning" });
  for (const { body, place } of app.operations.values()) {
    if (body.kind === "handler" && !exists(body.module)) {
      report("handler/missing-module", place.at("handler"), [body.module], { severity: "warning" });
    }
  }
}
