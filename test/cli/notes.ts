import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./terminal.ts";

/** A small manifest that has no mistake. */
export const manifest = `appflare: 1
name: notes
defaults: { auth: public }
tables:
  notes:
    columns:
      id: uuid
      text: string
queries:
  notes/list: { list: notes }
`;

/** A folder with a manifest alone in it; it goes when the test is over. */
export function project(text = manifest): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "appflare.yaml"), text);
  return folder;
}
