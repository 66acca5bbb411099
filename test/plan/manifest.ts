import { check } from "../../compiler/compile.ts";
import type { App } from "../../compiler/ir/app.ts";

/** The App of a manifest that has no error. Who calls, `public` as a rule, and the first lines need not be said. */
export function appOf(manifest: string, auth: "public" | "user" = "public"): App {
  const text = `appflare: 1\nname: fragment\ndefaults: { auth: ${auth} }\n${manifest}`;
  const { app, diagnostics } = check("appflare.yaml", (path) =>
    path === "appflare.yaml" ? new TextEncoder().encode(text) : undefined,
  );
  if (!app) throw new Error(diagnostics.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  return app;
}
