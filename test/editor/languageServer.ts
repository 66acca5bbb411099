import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

type Message = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
};

/** What an editor shows of a completion. */
export interface Completion {
  readonly label: string;
  readonly insertText?: string;
  readonly documentation?: unknown;
}

export interface Problem {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

/**
 * The language server that editors run for YAML, as its own process, spoken to over stdio as editors do (LSP 3.17: a header
 * `Content-Length`, then JSON-RPC 2.0). Nothing but the disk is within its reach: the schema store is off.
 */
export class LanguageServer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #problems = new Map<string, readonly Problem[]>();
  #received = Buffer.alloc(0);
  #lastId = 0;

  private constructor(process: ChildProcessWithoutNullStreams) {
    this.#process = process;
    process.stdout.on("data", (bytes: Buffer) => this.#receive(bytes));
  }

  static async start(folder: string): Promise<LanguageServer> {
    const main = createRequire(import.meta.url).resolve("yaml-language-server/package.json");
    const binary = join(dirname(main), "bin/yaml-language-server");
    const server = new LanguageServer(spawn(process.execPath, [binary, "--stdio"], { cwd: folder }));
    const rootUri = pathToFileURL(folder).href;
    const textDocument = {
      hover: { contentFormat: ["markdown"] },
      completion: { completionItem: { snippetSupport: true } },
    };
    await server.#request("initialize", {
      processId: process.pid,
      rootUri,
      capabilities: { textDocument, workspace: { configuration: true } },
      workspaceFolders: [{ uri: rootUri, name: "project" }],
    });
    server.#notify("initialized", {});
    server.#notify("workspace/didChangeConfiguration", { settings: { yaml: settings } });
    return server;
  }

  /** Opens a file with this text, as if it stood on the disk. */
  open(path: string, text: string): void {
    const uri = pathToFileURL(path).href;
    this.#problems.delete(uri);
    this.#notify("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
  }

  /** What the server finds wrong in a file that was opened: it says so in its own time. */
  async problems(path: string): Promise<readonly Problem[]> {
    const uri = pathToFileURL(path).href;
    const end = Date.now() + 15_000;
    while (!this.#problems.has(uri)) {
      if (Date.now() > end) throw new Error("The language server says nothing of the document.");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return this.#problems.get(uri)!;
  }

  async complete(path: string, position: { line: number; character: number }): Promise<readonly Completion[]> {
    const params = { textDocument: { uri: pathToFileURL(path).href }, position };
    const result = (await this.#request("textDocument/completion", params)) as { items: Completion[] } | null;
    return result?.items ?? [];
  }

  /** The Markdown that is shown over a place; empty for none. */
  async hover(path: string, position: { line: number; character: number }): Promise<string> {
    const params = { textDocument: { uri: pathToFileURL(path).href }, position };
    const result = (await this.#request("textDocument/hover", params)) as { contents: { value: string } } | null;
    return result?.contents.value ?? "";
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    await this.#request("shutdown", null);
    this.#notify("exit", null);
    await ended;
  }

  #request(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ error, result }) => (error ? reject(new Error(error.message)) : resolve(result)));
      this.#send({ id, method, params });
    });
  }

  #notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #receive(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      const start = this.#received.indexOf("\r\n\r\n");
      const length = /Content-Length: (\d+)/.exec(
        this.#received.subarray(0, Math.max(start, 0)).toString("latin1"),
      )?.[1];
      if (length === undefined || this.#received.length < start + 4 + Number(length)) return;
      const body = this.#received.subarray(start + 4, start + 4 + Number(length));
      this.#received = this.#received.subarray(start + 4 + Number(length));
      this.#handle(JSON.parse(body.toString("utf8")) as Message);
    }
  }

  #handle(message: Message): void {
    const { id, method, params } = message;
    if (method === "textDocument/publishDiagnostics") {
      const { uri, diagnostics } = params as { uri: string; diagnostics: Problem[] };
      this.#problems.set(uri, diagnostics);
    } else if (method === "workspace/configuration") {
      const { items } = params as { items: { section?: string }[] };
      this.#send({ id: id!, result: items.map(({ section }) => (section === "yaml" ? settings : {})) });
    } else if (method !== undefined && id !== undefined) this.#send({ id, result: null });
    else if (id !== undefined) this.#waiting.get(id)?.(message);
  }
}

const settings = { validate: true, hover: true, completion: true, schemaStore: { enable: false } };
