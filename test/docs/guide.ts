import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";

/*
 * What the pages of the guide show, taken from their fenced blocks.
 *
 *   yaml                          a part of one manifest: the first block is its head, all others are files that it includes
 *   yaml, first line # seed.yaml  the rows that are there at first
 *   yaml, first line # appflare.test.yaml      a file of tests; its users and rows are there at first, and \`Authorization: Bearer ann\` calls as ann
 *   http, then json               a call and its answer; the calls of a page run one after another
 *   http, then http               a call and its refusal, or any answer with its headers: the second begins with HTTP/1.1
 *   ts                            a use of the page's generated client, which is called `client` there
 *
 * In answers "…" stands for any value.
 */

/** The pages, by their paths below the checkout. */
export const guide = ["docs/queries.md", "docs/mutations.md", "docs/rules.md", "docs/edges.md", "docs/sign-in.md"];

interface Block {
  readonly language: string;
  readonly text: string;
  /** of its first line in the page, from 1 */
  readonly line: number;
}

/** A call and what has to come of it, as the page shows them. */
export interface ShownCall {
  readonly line: number;
  /** `GET /queries/…` */
  readonly request: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
  readonly status: number;
  readonly answerHeaders: { readonly [name: string]: string };
  readonly answer: unknown;
}

/** A page of the guide. */
export interface Page {
  /** the files of its manifest by their paths; each line stands where it stands in the page */
  readonly files: ReadonlyMap<string, string>;
  readonly seed: { readonly [table: string]: readonly { readonly [column: string]: unknown }[] };
  /** the text of a file of tests */
  readonly tests?: string;
  readonly calls: readonly ShownCall[];
  readonly programs: readonly Block[];
}

/** A message as it goes over the wire: a first line, headers, an empty line, a body. */
function message(text: string): { first: string; headers: { [name: string]: string }; body?: string } {
  const [head, ...rest] = text.trim().split("\n\n");
  const [first, ...lines] = head!.split("\n");
  const headers = Object.fromEntries(lines.map((line) => line.split(": ") as [string, string]));
  return { first: first!, headers, ...(rest.length > 0 && { body: rest.join("\n\n") }) };
}

function shownCall(asked: Block, answered: Block | undefined): ShownCall {
  const { first: request, headers, body } = message(asked.text);
  const shown = { line: asked.line, request, headers, ...(body !== undefined && { body }) };
  if (answered?.language === "json")
    return { ...shown, status: 200, answerHeaders: {}, answer: JSON.parse(answered.text) };
  const answer = answered?.language === "http" ? message(answered.text) : undefined;
  const status = /^HTTP\/1\.1 (\d{3})/.exec(answer?.first ?? "")?.[1];
  if (!answer?.body || !status) throw new Error(`line ${asked.line}: no answer follows this call`);
  return { ...shown, status: Number(status), answerHeaders: answer.headers, answer: JSON.parse(answer.body) };
}

function blocksOf(text: string): readonly Block[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(({ 1: language, 2: inner, index }) => ({
    language: language!,
    text: inner!,
    line: text.slice(0, index).split("\n").length + 1,
  }));
}

/**
 * Reads a page.
 *
 * @throws where a call has no answer
 */
export function readPage(path: string): Page {
  const blocks = blocksOf(readFileSync(join(import.meta.dirname, "../..", path), "utf8"));
  const isSeed = ({ text }: Block) => text.startsWith("# seed.yaml\n");
  const isTests = ({ text }: Block) => text.startsWith("# appflare.test.yaml\n");
  const [head, ...parts] = blocks.filter((block) => block.language === "yaml" && !isSeed(block) && !isTests(block));
  const paths = parts.map(({ line }) => `./${basename(path)}.${line}.yaml`);
  const placed = ({ text, line }: Block) => "\n".repeat(line - 1) + text;
  const files = new Map([
    ["appflare.yaml", `${placed(head!)}include: ${JSON.stringify(paths)}\n`],
    ...parts.map((part, index): [string, string] => [paths[index]!.slice(2), placed(part)]),
  ]);
  const calls: ShownCall[] = [];
  const wire = blocks.filter(({ language }) => language === "http" || language === "json");
  for (let at = 0; at < wire.length; at += 2) calls.push(shownCall(wire[at]!, wire[at + 1]));
  const seed = blocks.find(isSeed);
  const tests = blocks.find(isTests);
  return {
    files,
    seed: seed ? parse(seed.text) : {},
    ...(tests && { tests: placed(tests) }),
    calls,
    programs: blocks.filter(({ language }) => language === "ts"),
  };
}
