import { describe, expect, test } from "vitest";
import { check } from "../../compiler/compile.ts";
import { formatDiagnostics } from "../../compiler/diagnostics/format.ts";
import { readPage } from "./guide.ts";

describe.each(["queries"])("%s", (name) => {
  test("the examples are one manifest without a mistake", () => {
    const { files } = readPage(name);
    const { diagnostics } = check("appflare.yaml", (path) => {
      const text = files.get(path);
      return text === undefined ? undefined : new TextEncoder().encode(text);
    });
    expect(formatDiagnostics(diagnostics)).toBe("");
  });
});
