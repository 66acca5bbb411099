import type { App } from "../../compiler/ir/app.ts";
import { lower } from "../../compiler/ir/lower.ts";
import type { Body, Operation } from "../../compiler/ir/operation.ts";
import type { Table } from "../../compiler/ir/table.ts";
import { validate } from "../../compiler/manifest/validate.ts";
import { document, inShort } from "../manifest/source.ts";

const head = "appflare: 1\nname: test\ndefaults: { auth: public }\n";

/** The App of a manifest that has no mistake; its text starts behind the three lines that every manifest needs. */
export function appOf(text: string): App {
  const { app, said } = attempt(text);
  if (!app) throw new Error(said.join("\n"));
  return app;
}

/** What is said of a manifest: `code line:column`, lines counted from the text's own first one. */
export function saidOf(text: string): readonly string[] {
  return attempt(text).said;
}

function attempt(text: string) {
  const { manifest, diagnostics: shapes } = validate([document(head + text)]);
  if (!manifest) throw new Error(shapes.map(({ message }) => message).join("\n"));
  const { app, diagnostics } = lower(manifest);
  const said = diagnostics.map((diagnostic) =>
    inShort(diagnostic).replace(/\d+(?=:)/, (line) => String(Number(line) - 3)),
  );
  return { app, said };
}

export function tableOf(app: App, name: string): Table {
  return app.tables.get(name)!;
}

export function operationOf(app: App, name: string): Operation {
  return app.operations.get(name)!;
}

/** The body of an operation, which must be of the kind. */
export function bodyOf<K extends Body["kind"]>(app: App, name: string, kind: K): Extract<Body, { kind: K }> {
  const { body } = operationOf(app, name);
  if (body.kind !== kind) throw new Error(`${name} is a ${body.kind}`);
  return body as Extract<Body, { kind: K }>;
}
