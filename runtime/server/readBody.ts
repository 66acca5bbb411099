import { invalidArguments, Refusal } from "./errors.ts";

function tooLarge(maxBytes: number): Refusal {
  return new Refusal(413, "too_large", `The body is larger than ${maxBytes} bytes.`);
}

function unreadable(message: string): Refusal {
  return invalidArguments([{ path: "", message }]);
}

/** The body's bytes, read no further than the limit where their number is not known beforehand. */
async function bytesOf(request: Request, maxBytes: number): Promise<ArrayBuffer | Uint8Array> {
  const declared = request.headers.get("content-length");
  if (declared !== null) {
    if (Number(declared) > maxBytes) throw tooLarge(maxBytes);
    return request.arrayBuffer();
  }
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    length += chunk.value.byteLength;
    if (length > maxBytes) {
      await reader.cancel();
      throw tooLarge(maxBytes);
    }
    chunks.push(chunk.value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * A request's body as text. It is taken as it is: a compressed one is refused rather than unpacked, since a few bytes may unpack to
 * any number of them; and bytes that are no UTF-8 are refused rather than replaced, since what is stored would not be what was sent.
 *
 * @throws Refusal 413 for a body above the limit, 400 for one that is compressed or no UTF-8
 */
export async function bodyText(request: Request, maxBytes: number): Promise<string> {
  const encoding = request.headers.get("content-encoding");
  if (encoding !== null && encoding.toLowerCase() !== "identity") {
    throw unreadable("The body has a content-encoding; send it without one.");
  }
  const bytes = await bytesOf(request, maxBytes);
  try {
    return utf8.decode(bytes);
  } catch {
    throw unreadable("The body is not UTF-8.");
  }
}
