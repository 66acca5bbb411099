import { join, resolve } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { toJson } from "../diagnostics/json.ts";
import { type Call, CommandError, type ExitCode } from "./command.ts";
import type { Io } from "./io.ts";
import { withoutMissing } from "./migration/write.ts";
import { compileProject, openProject, type Project, readBytes, shownPath } from "./project.ts";
import { showDiagnostics } from "./show.ts";
import { type Ran, ranJson, ranText, totalText } from "./test/report.ts";
import { resetRows } from "./test/resetRows.ts";
import { runTest } from "./test/runTest.ts";
import { readTestFile, type TestFile } from "./test/testFile.ts";
import { withTestWorker } from "./test/testWorker.ts";

const OWN_FILE = "appflare.test.yaml";

/** `appflare test`: calls the Worker as somebody or nobody, and compares what comes of it; every test starts from the same rows. */
export async function run({ positionals, values }: Call, io: Io): Promise<ExitCode> {
  const isJson = values.format === "json";
  const { manifest, named } = readPositionals(positionals);
  const project = openProject(io, manifest, values.out);
  const compiled = compileProject(project);
  const mistakes = withoutMissing(compiled).filter(({ severity }) => severity === "error");
  if (mistakes.length > 0) return refuse(mistakes, isJson, io);
  const read = testPaths(project, named).map((path) =>
    readTestFile(compiled.app!, shownPath(io, path), contents(io, path)),
  );
  const diagnostics = read.flatMap((each) => each.diagnostics);
  if (diagnostics.length > 0) return refuse(diagnostics, isJson, io);
  const ran = await withTestWorker(project, compiled, io, async ({ url, database }) => {
    const reset = resetRows(compiled.app!, database);
    const found: Ran[] = [];
    for (const { file } of read) found.push(...(await runFile(file, reset, url, isJson ? () => {} : io.out)));
    return found;
  });
  if (!ran) return 1;
  const isOk = ran.every(({ failure }) => !failure);
  io.out(isJson ? `${JSON.stringify({ ok: isOk, tests: ran.map(ranJson), diagnostics: [] })}\n` : totalText(ran));
  return isOk ? 0 : 1;
}

/** Files of tests are called `….test.yaml`; a first one that is not is the manifest. */
function readPositionals([first, ...rest]: readonly string[]) {
  if (first === undefined || /\.test\.(ya?ml|json)$/.test(first))
    return { manifest: undefined, named: first === undefined ? [] : [first, ...rest] };
  return { manifest: first, named: rest };
}

function testPaths({ cwd, folder }: Project, named: readonly string[]): readonly string[] {
  return named.length === 0 ? [join(folder, OWN_FILE)] : named.map((path) => resolve(cwd, path));
}

/** @throws CommandError when it cannot be read */
function contents(io: Io, path: string): Uint8Array {
  const bytes = readBytes(path);
  if (bytes) return bytes;
  throw new CommandError(`${shownPath(io, path)} is not there. It has the tests.`);
}

function refuse(diagnostics: readonly Diagnostic[], isJson: boolean, io: Io): ExitCode {
  showDiagnostics(io, diagnostics);
  if (isJson) io.out(`${JSON.stringify({ ok: false, tests: [], diagnostics: diagnostics.map(toJson) })}\n`);
  return 1;
}

async function runFile(
  { rows, tests }: TestFile,
  reset: ReturnType<typeof resetRows>,
  url: string,
  say: (text: string) => void,
): Promise<Ran[]> {
  const ran: Ran[] = [];
  for (const test of tests) {
    await reset(rows);
    const done = { test, failure: await runTest(test, url) };
    say(ranText(done));
    ran.push(done);
  }
  return ran;
}
