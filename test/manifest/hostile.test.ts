import { describe, expect, test } from "vitest";
import { saidOf } from "./source.ts";

const levels = (count: number, level: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => level(index));
/** Each level stands for nine of the one before it: 9^count in all. */
const bomb = `${levels(30, (n) => (n === 0 ? "a0: &a0 [x]" : `a${n}: &a${n} [${levels(9, () => `*a${n - 1}`).join(", ")}]`)).join("\n")}\n`;

describe("every hostile file ends in a located diagnostic, within a second", () => {
  test.each<readonly [string, string | Uint8Array, string]>([
    ["an alias bomb", bomb, "yaml/too-many-aliases 4:10"],
    ["brackets nested a hundred thousand deep", "[".repeat(100_000), "yaml/depth 1:65"],
    ["lists nested ten thousand deep", "- ".repeat(10_000), "yaml/depth 1:129"],
    ["maps nested two thousand deep", levels(2000, (n) => `${" ".repeat(n)}a:`).join("\n"), "yaml/depth 65:65"],
    ["keys nested deep", `${"? ".repeat(10_000)}a`, "yaml/depth 1:129"],
    ["nearly 4 MB of one text", `a: ${"x".repeat(3_900_000)}\na: 1\n`, "yaml/duplicate-key 2:1"],
    ["nearly 4 MB of comments", `${"# nothing here, and again\n".repeat(150_000)}`, "yaml/empty 1:1"],
    ["a manifest of 5 MB", "tables:\n  tasks: { columns: { id: uuid } }\n".repeat(120_000), "file/too-large 1:1"],
    [
      "a map of ten thousand keys, one of them twice",
      `${levels(10_000, (n) => `k${n}: 1`).join("\n")}\nk0: 2`,
      "yaml/duplicate-key 10001:1",
    ],
    ["CRLF", "a: 1\r\nb: 2\r\na: 3\r\n", "yaml/duplicate-key 3:1"],
    ["a byte order mark", "\uFEFFa: 1\na: 3\n", "yaml/duplicate-key 2:1"],
    ["a byte order mark on the line", "\uFEFF- a\n", "yaml/root 1:1"],
    ["tabs", "a:\n\tb: 1\n", "yaml/tab 2:1"],
    ["tabs behind spaces", "a:\n  b: 1\n  \tc: 1\n", "yaml/tab 3:3"],
    ["several documents", "a: 1\n---\na: 1\n", "yaml/several-documents 2:1"],
    ["an empty file", "", "yaml/empty 1:1"],
    ["white space", " \n\n", "yaml/empty 1:1"],
    ["an empty document", "---\n", "yaml/empty 1:1"],
    ["Latin-1", Buffer.from("name: a\ndescription: Caf\xe9 au lait\n", "latin1"), "file/encoding 2:17"],
    ["UTF-16 with a mark", Buffer.from("\uFEFFname: a\n", "utf16le"), "file/encoding 1:1"],
    ["UTF-16 without a mark", Buffer.from("name: a\n", "utf16le"), "file/encoding 1:1"],
    ["UTF-16, the other way round", Buffer.from("name: a\n", "utf16le").swap16(), "file/encoding 1:1"],
    ["cut UTF-8", Buffer.from("a: é").subarray(0, 4), "file/encoding 1:4"],
    ["an image", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), "file/encoding 1:1"],
    ["a list", "- a\n", "yaml/root 1:1"],
    ["a word", "hello\n", "yaml/root 1:1"],
  ])("%s", (_, bytes, expected) => {
    expect(fastest(() => expect(saidOf(bytes)[0]).toBe(expected))).toBeLessThan(1000);
  });
});

/** Milliseconds of the fastest of three runs (other programs take their time too), or of the first that is fast. */
function fastest(run: () => void): number {
  let least = Infinity;
  for (let attempt = 0; attempt < 3 && least >= 1000; attempt++) {
    const start = performance.now();
    run();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

test("U+FFFD that is written is text", () => {
  expect(saidOf("a: \uFFFD\n")).toEqual([]);
});
