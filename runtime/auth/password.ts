import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/*
 * Passwords are kept as better-auth keeps them, `salt:key` in hexadecimal, so that users can come from such a database and go to one; its
 * own functions reckon scrypt in JavaScript in a Worker, which takes twice as long as the platform's.
 */

const PARAMETERS = { N: 16_384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 };
const KEY_BYTES = 64;
const SALT_BYTES = 16;

function keyOf(password: string, salt: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, PARAMETERS, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

/** A password as it is kept. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES).toString("hex");
  return `${salt}:${Buffer.from(await keyOf(password, salt)).toString("hex")}`;
}

/** Whether a password is the one that is kept as `hash`. */
export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const [salt = "", key = ""] = hash.split(":");
  const kept = Buffer.from(key, "hex");
  const given = await keyOf(password, salt);
  return kept.length === given.length && timingSafeEqual(kept, given);
}
