import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "./project.ts";
import { temporaryFolder } from "./terminal.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Runs a program to its end; what it says on stderr stays there unless it fails. */
function call(cwd: string, program: string, ...words: string[]): string {
  return execFileSync(program, words, { cwd, encoding: "utf8", stdio: "pipe" });
}

/** A project in a folder of its own, with the package as npm packs it: a link would hide files that are missing. */
function install(template: string): string {
  const folder = temporaryFolder();
  call(root, "npm", "pack", "--ignore-scripts", "--pack-destination", folder);
  const tarball = join(folder, readdirSync(folder)[0]!);
  const project = join(folder, "project");
  mkdirSync(project);
  call(project, "npm", "install", "--no-audit", "--no-fund", tarball);
  call(project, "npx", "appflare", "init", "--template", template);
  call(project, "npm", "install", "--no-audit", "--no-fund");
  return project;
}

/** Runs a command as a user does; resolves when its output has the text. */
async function startUntil(cwd: string, words: readonly string[], text: string): Promise<ChildProcess> {
  const child = spawn("npx", words, { cwd, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, "SIGKILL");
  });
  let output = "";
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes(text)) resolve();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("exit", (code) => reject(new Error(`It ended with ${code}:\n${output}`)));
  });
  return child;
}

test("from an empty folder to a running Worker, checked and ready to deploy", { timeout: 300_000 }, async () => {
  const project = install("taskboard");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = await startUntil(
    project,
    ["appflare", "dev", "--port", String(port), "--seed", "seed.yaml"],
    `ready ${url}`,
  );

  const projects = await (await fetch(`${url}/queries/projects/list`)).json();
  expect(projects).toContainEqual(expect.objectContaining({ slug: "website", status: "active" }));
  const created = await fetch(`${url}/mutations/users/create`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "Ada", email: "ada@example.org" }),
  });
  expect(await created.json()).toMatchObject({ name: "Ada", email: "ada@example.org" });

  const ended = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid!, "SIGINT");
  await ended;
  const left = call(project, "ps", "-eo", "args")
    .split("\n")
    .filter((line) => line.startsWith(project));
  expect(left).toEqual([]);

  call(project, "npx", "tsc");
  expect(call(project, "npx", "appflare", "compile", "--check")).toContain("nothing to write");
  expect(call(project, "npx", "appflare", "deploy", "--dry-run")).toContain("Total Upload");
});
