/*
 * Fresh identifiers. Random bytes are drawn many at a time: a call into the crypto module costs more than what it returns.
 */

const pool = new Uint8Array(512);
let drawn = pool.length;

/** `count` random bytes, valid until the next call. */
function randomBytes(count: number): Uint8Array {
  if (drawn + count > pool.length) {
    crypto.getRandomValues(pool);
    drawn = 0;
  }
  drawn += count;
  return pool.subarray(drawn - count, drawn);
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** The last millisecond that an id was made for, and the 12 bits that count within it. */
let lastTime = -1;
let counter = 0;

/**
 * A UUID of version 7 (RFC 9562, section 5.7; the counter is method 1 of section 6.2): ids of one isolate ascend, also within a
 * millisecond. The counter starts in its lower half; where it would overflow, the time runs ahead by a millisecond.
 *
 * @param now milliseconds since the epoch
 */
export function uuidv7(now: number): string {
  const random = randomBytes(10);
  if (now > lastTime) {
    lastTime = now;
    counter = ((random[8]! & 0x07) << 8) | random[9]!;
  } else {
    counter += 1;
    if (counter > 0xfff) {
      lastTime += 1;
      counter = 0;
    }
  }
  const time = lastTime.toString(16).padStart(12, "0");
  const version = (0x7000 | counter).toString(16);
  const variant = HEX[(random[0]! & 0x3f) | 0x80]! + HEX[random[1]!]!;
  let node = "";
  for (let index = 2; index < 8; index += 1) node += HEX[random[index]!]!;
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${node}`;
}

/** 64 letters that need no escape in a URL. */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** 21 letters of the URL alphabet: 126 random bits. */
export function nanoid(): string {
  let id = "";
  for (const byte of randomBytes(21)) id += ALPHABET[byte & 63]!;
  return id;
}
