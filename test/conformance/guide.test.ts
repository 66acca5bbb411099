import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mapValues } from "../../compiler/cli/test/mapValues.ts";
import { match } from "../../compiler/cli/test/match.ts";
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

async function differences(server: SpecServer, shown: ShownCall): Promise<readonly string[]> {
  const [method, ...path] = shown.request.split(" ");
  const { headers, body } = shown;
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
    await server.data.reset(page.seed);
    const found: string[] = [];
    for (const call of page.calls) found.push(...(await differences(server, call)));
    expect(found).toEqual([]);
  });
});
