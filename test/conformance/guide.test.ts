import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mapValues } from "../../compiler/cli/test/mapValues.ts";
import { match } from "../../compiler/cli/test/match.ts";
import { ranText } from "../../compiler/cli/test/report.ts";
import { runTest } from "../../compiler/cli/test/runTest.ts";
import { readTestFile, type TestFile } from "../../compiler/cli/test/testFile.ts";
import { formatDiagnostics } from "../../compiler/diagnostics/format.ts";
import { guide, type Page, readPage, type ShownCall } from "../docs/guide.ts";
import { closeConnections, send } from "./http.ts";
import { emptyFolder, type SpecServer, startFolder } from "./specServer.ts";

/* The calls that the guide shows, one after another, over HTTP. */

function startPage(path: string, { files }: Page): Promise<SpecServer> {
  const folder = emptyFolder("guide", basename(path));
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  return startFolder(folder);
}

const anything = (value: unknown): unknown => (value === "…" ? "$any" : mapValues(value, anything));

/** The users, rows and tests of a page that has a file of tests. */
function testsOf(server: SpecServer, path: string, { tests }: Page): TestFile | undefined {
  if (tests === undefined) return undefined;
  const { file, diagnostics } = readTestFile(server.app, path, new TextEncoder().encode(tests));
  expect(formatDiagnostics(diagnostics)).toBe("");
  return file;
}

/** Shown tokens are names of users. */
function signed(headers: ShownCall["headers"], file: TestFile | undefined): ShownCall["headers"] {
  const name = headers["Authorization"]?.replace("Bearer ", "");
  const token = name && file?.tokens.get(name);
  return token ? { ...headers, Authorization: `Bearer ${token}` } : headers;
}

async function differences(
  server: SpecServer,
  shown: ShownCall,
  file: TestFile | undefined,
): Promise<readonly string[]> {
  const [method, ...path] = shown.request.split(" ");
  const headers = signed(shown.headers, file);
  const { body } = shown;
  const answer = await send(server.url, { method: method!, path: path.join(" "), headers, ...(body && { body }) });
  const captures = new Map();
  return [
    ...match(shown.status, answer.status, captures, "status"),
    ...match({ ...shown.answerHeaders, $rest: true }, answer.headers, captures, "headers"),
    ...match(anything(shown.answer), JSON.parse(answer.text), captures, "answer"),
  ].map((line) => `line ${shown.line}, ${shown.request}: ${line}`);
}

describe.each(guide)("%s", (path) => {
  const page = readPage(path);
  let server: SpecServer;
  beforeAll(async () => {
    server = await startPage(path, page);
  });
  afterAll(async () => {
    closeConnections();
    await server?.stop();
  });

  test("every call is answered as it is shown", async () => {
    const file = testsOf(server, path, page);
    await (file ? server.data.begin(file.rows) : server.data.reset(page.seed));
    const found: string[] = [];
    for (const call of page.calls) found.push(...(await differences(server, call, file)));
    expect(found).toEqual([]);
  });

  if (page.tests === undefined) return;
  test("its tests pass", async () => {
    const file = testsOf(server, path, page)!;
    const failed: string[] = [];
    for (const each of file.tests) {
      await server.data.begin(file.rows);
      const failure = await runTest(each, server.url.origin);
      if (failure) failed.push(ranText({ test: each, failure }));
    }
    expect(failed).toEqual([]);
  });
});
