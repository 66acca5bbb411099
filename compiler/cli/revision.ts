import { spawnSync } from "node:child_process";
import { relative, resolve } from "node:path";
import type { Read } from "../manifest/include.ts";
import { CommandError } from "./command.ts";
import { slashed } from "./project.ts";

/** More than any manifest holds: beyond it, reading stops with what it has, and that is too large. */
const MOST_BYTES = 16_000_000;

/**
 * The files of a project as they were at a git revision.
 *
 * @param name what `git rev-parse` takes: a commit, a tag, a branch, `HEAD~3`
 * @param folder the folder of the manifest, in the repository
 * @param cwd what paths are relative to
 * @throws CommandError when there is no git, no repository or no such revision
 */
export function openRevision(name: string, folder: string, cwd: string): Read {
  if (name.startsWith("-")) throw unknown(name);
  const repository = git(folder, "rev-parse", "--git-dir");
  if (!repository.ok) throw new CommandError(outside(name, repository.said));
  const commit = git(folder, "rev-parse", "--verify", "--quiet", `${name}^{commit}`);
  if (!commit.ok) throw unknown(name);
  const hash = commit.bytes.toString().trim();
  return (path) => {
    const file = git(folder, "cat-file", "blob", `${hash}:./${slashed(relative(folder, resolve(cwd, path)))}`);
    return file.ok ? file.bytes : undefined;
  };
}

const unknown = (name: string): CommandError =>
  new CommandError(`there is no file "${name}", and no git revision of that name.`);

function outside(name: string, said: string): string {
  return said.includes("not a git repository")
    ? `there is no file "${name}", and the manifest is in no git repository that could have a revision of that name.`
    : `git cannot read the repository: ${said}`;
}

interface Answer {
  readonly ok: boolean;
  readonly bytes: Buffer;
  /** the first line of what went wrong */
  readonly said: string;
}

/** Runs git without a shell; its words are English whatever the user's language, and it asks nobody anything. */
function git(folder: string, ...words: readonly string[]): Answer {
  const env = { ...process.env, LC_ALL: "C", GIT_TERMINAL_PROMPT: "0" };
  const { status, stdout, stderr, error } = spawnSync("git", words, { cwd: folder, env, maxBuffer: MOST_BYTES });
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === "ENOENT") throw new CommandError("git is not installed, and only git can read an earlier revision.");
  const said = stderr
    .toString()
    .split("\n", 1)[0]!
    .replace(/^fatal: /, "");
  return { ok: status === 0 || code === "ENOBUFS", bytes: stdout, said };
}
