import { Agent, type IncomingHttpHeaders, request } from "node:http";

/** A request as it goes over the wire, nothing made pretty on the way. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true });

/** Letters that cannot stand in a request line are percent-encoded, and nothing else is: scenarios may be malformed. */
function encodePath(path: string): string {
  return path.replace(/[^!-~]|[\\"<>^`{|}]/gu, encodeURIComponent);
}

/** Sends a request and reads the whole answer. */
export function send(server: URL, { method, path, headers, body }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const isChunked = headers?.["transfer-encoding"] !== undefined;
    const length = body === undefined || isChunked ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const { hostname, port } = server;
    const options = { agent, hostname, port, method, path: encodePath(path), headers: { ...length, ...headers } };
    const outgoing = request(options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        resolve({ status: answer.statusCode!, headers: answer.headers, text: Buffer.concat(chunks).toString("utf8") });
      });
      answer.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** Closes the connections that were kept alive. */
export function closeConnections(): void {
  agent.destroy();
}
