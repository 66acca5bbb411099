import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guide, type Page, readPage, type ShownCall } from "../docs/guide.ts";
import { mapValues } from "./generate.ts";
import { closeConnections, send } from "./http.ts";
import { match } from "./match.ts";
import { emptyFolder, type SpecServer, startFolder } from "./specServer.ts";

/* The calls that the guide shows, one after another, over HTTP. */

function startPage(name: string, { files }: Page): Promise<SpecServer> {
  const folder = emptyFolder("guide", name);
  for (const [path, text] of files) writeFileSync(join(folder, path), text);
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

describe.each(guide)("%s", (name) => {
  const page = readPage(name);
  let server: SpecServer;
  beforeAll(async () => {
    server = await startPage(name, page);
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
