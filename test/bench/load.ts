import { Agent, request } from "node:http";

export interface Call {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: string;
  readonly headers?: { readonly [name: string]: string };
}

/**
 * Sends `count` calls to a server on loopback over kept-alive connections, `concurrency` at a time.
 *
 * @returns the seconds it took
 * @throws when an answer is not 200
 */
export async function load(
  url: string,
  count: number,
  concurrency: number,
  call: (index: number) => Call,
): Promise<number> {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  let next = 0;
  const started = performance.now();
  const worker = async () => {
    while (next < count) {
      const index = next++;
      const { status, text } = await send(agent, hostname, port, call(index));
      if (status !== 200) throw new Error(`call ${index} was answered ${status}: ${text.slice(0, 300)}`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  return seconds;
}

function send(agent: Agent, hostname: string, port: string, call: Call): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      ...call.headers,
      ...(call.body !== undefined && {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(call.body),
      }),
    };
    const outgoing = request({ agent, hostname, port, method: call.method, path: call.path, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => resolve({ status: answer.statusCode!, text: Buffer.concat(chunks).toString("utf8") }));
      answer.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end(call.body);
  });
}
