import { describe, expect, test } from "vitest";
import { nanoid, uuidv7 } from "../../runtime/server/ids.ts";
import { formats } from "../../runtime/validators/formats.ts";

describe("uuidv7", () => {
  const start = Date.UTC(2100, 0, 1);

  test("says the time, the version and the variant", () => {
    const id = uuidv7(start);
    expect(formats.uuid.test(id)).toBe(true);
    expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBe(start);
    expect(id[14]).toBe("7");
    expect("89ab").toContain(id[19]);
  });

  test("ascends within a millisecond, beyond the counter's end, and when the clock goes back", () => {
    const ids = Array.from({ length: 10_000 }, () => uuidv7(start + 1));
    ids.push(uuidv7(start - 1000), uuidv7(start + 1_000_000));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test("nanoid is 21 letters of the URL alphabet, all of which occur", () => {
  const ids = Array.from({ length: 1000 }, nanoid);
  expect(ids.every((id) => /^[\w-]{21}$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(1000);
  expect(new Set(ids.join("")).size).toBe(64);
});
