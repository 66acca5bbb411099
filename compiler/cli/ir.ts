import { modelOf } from "../ir/serialize.ts";
import type { Call, ExitCode } from "./command.ts";
import type { Io } from "./io.ts";
import { checkProject, openProject } from "./project.ts";
import { showErrors } from "./show.ts";

/** `appflare ir`: the linked model as canonical JSON. */
export async function run({ positionals }: Call, io: Io): Promise<ExitCode> {
  const { app, diagnostics } = checkProject(openProject(io, positionals[0], undefined));
  showErrors(io, diagnostics);
  if (!app) return 1;
  io.out(`${JSON.stringify(modelOf(app), null, 2)}\n`);
  return 0;
}
