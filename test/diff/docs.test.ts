import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { catalogue } from "../../compiler/diff/catalogue.ts";
import type { Level } from "../../compiler/diff/kind.ts";

/* docs/changes.md is made of the catalogue: `UPDATE=1` writes it anew. */

const path = join(import.meta.dirname, "../../docs/changes.md");

const levels: { readonly [level in Level]: string } = {
  DESTRUCTIVE: "The migration cannot keep all the data.",
  INSECURE: "More is let through than before.",
  BREAKING: "Clients that are shipped already get errors, or answers that they cannot read.",
  WARNING: "Nothing breaks by itself, but answers, speed or refusals may differ.",
  SAFE: "Nobody notices who does not ask for it.",
};

test("docs/changes.md tells every kind of change", () => {
  const text = page();
  if (process.env.UPDATE) writeFileSync(path, text);
  expect(readFileSync(path, "utf8")).toBe(text);
});

function page(): string {
  const areas = new Map<string, string[]>();
  for (const [code, { level, what, reason }] of Object.entries(catalogue)) {
    const [area] = code.split("/") as [string];
    areas.set(area, [...(areas.get(area) ?? []), `| \`${code}\` | ${level} | ${what} | ${reason} |`]);
  }
  const tables = [...areas].map(
    ([area, rows]) => `### ${area}\n\n| code | level | change | why |\n|---|---|---|---|\n${rows.join("\n")}\n`,
  );
  return `${head}\n${tables.join("\n")}`;
}

const head = `# Changes

\`appflare diff <old manifest or git revision> [manifest]\` tells what a manifest changes for those who rely on an older one.

\`\`\`sh
appflare diff main                                             # the manifest here, beside the one of the branch main
appflare diff old.yaml new.yaml --format json                  # two files
appflare diff v1.4 --acknowledge operation/removed:tasks/list  # this one is meant
\`\`\`

Each change has a level, a code, a subject, its place (in the new manifest; in the old one for what is gone) and its reason.

| level | means |
|---|---|
${Object.entries(levels)
  .map(([level, meaning]) => `| ${level} | ${meaning} |`)
  .join("\n")}

DESTRUCTIVE, INSECURE and BREAKING changes end the command with exit code 1, unless they are acknowledged: \`--acknowledge\` takes a code,
or a code and a subject, and may be repeated. A manifest that does not compile ends it with 1 too; one that cannot be read, with 2.

One edit may be several changes: a shorter \`maxLength\` of a column is one for the rows that are there, and one for each operation that takes it as input.
An enum's members are told once, where the enum stands. Descriptions, and the order of things that have names, change nothing.

## Kinds
`;
