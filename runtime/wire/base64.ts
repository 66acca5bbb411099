/* Base64 of RFC 4648, section 4 (with padding) and section 5 (`base64url`, here without), by what browsers and Workers have. */

/** Strings are built this many bytes at a time: arguments of a call stand on the stack. */
const CHUNK = 8192;

/** Bytes as base64. */
export function bytesToBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let start = 0; start < bytes.length; start += CHUNK) {
    binary += String.fromCharCode.apply(null, bytes.subarray(start, start + CHUNK) as unknown as number[]);
  }
  return btoa(binary);
}

/**
 * The bytes of a base64 text.
 *
 * @throws DOMException when the text is not base64
 */
export function base64ToBytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** Text (as UTF-8) in base64url without padding. */
export function textToBase64Url(text: string): string {
  const base64 = bytesToBase64(new TextEncoder().encode(text));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * The text of a base64url.
 *
 * @throws DOMException when it is not base64url, TypeError when its bytes are not UTF-8
 */
export function base64UrlToText(text: string): string {
  const bytes = base64ToBytes(text.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
