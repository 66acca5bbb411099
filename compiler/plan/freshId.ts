/*
 * Ids that SQLite makes, one for each row that a statement writes: the Worker does not know how many there will be.
 */

/** An expression for a fresh id, as the Worker makes them; but those of one statement do not ascend. */
export function freshId(kind: "uuid" | "nanoid"): string {
  return kind === "uuid" ? uuid : nanoid;
}

const hex = (bytes: number): string => `lower(hex(randomblob(${bytes})))`;

/** Version 7 of RFC 9562: 48 bits of time, then random ones, but for the version and the variant. */
const time = "format('%012x', CAST(unixepoch('subsec') * 1000 AS INTEGER))";
const variant = "substr('89ab', 1 + (random() & 3), 1)";
const uuid = `substr(${time}, 1, 8) || '-' || substr(${time}, 9) || '-7' || substr(${hex(2)}, 2) || '-' || ${variant} || substr(${hex(2)}, 2) || '-' || ${hex(6)}`;

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const letter = `substr('${alphabet}', 1 + (random() & 63), 1)`;
const nanoid = `concat(${Array(21).fill(letter).join(", ")})`;
