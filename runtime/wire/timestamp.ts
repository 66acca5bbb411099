/** A timestamp's one wire form: UTC, `Z`, three digits. */
export function toTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/**
 * Milliseconds since the epoch of an RFC 3339 date-time with any offset. Digits finer than a millisecond are cut, as ECMAScript's
 * own format does; NaN when the text is none.
 */
export function toMilliseconds(text: string): number {
  return Date.parse(text);
}
