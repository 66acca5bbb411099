import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { formatDiagnostic } from "../../compiler/diagnostics/format.ts";
import { diagnostic } from "../../compiler/diagnostics/report.ts";
import { SourceFile } from "../../compiler/source/sourceFile.ts";

function shown(text: string, part: string, name = "asignee"): string {
  const source = new SourceFile("appflare.yaml", text);
  const start = text.indexOf(part);
  return formatDiagnostic(
    diagnostic("reference/unknown-column", { source, start, end: start + part.length }, ["tasks", name]),
  );
}

const first = 'error reference/unknown-column: Table "tasks" has no column "asignee".';

test("place, code, message and a frame", () => {
  expect(shown(`${"\n".repeat(40)}      where: { asignee: $user.id }\n`, "asignee")).toBe(
    [
      `appflare.yaml:41:16 - ${first}`,
      "  41 |       where: { asignee: $user.id }",
      "     |                ~~~~~~~",
    ].join("\n"),
  );
});

test("tabs keep their width, and what spans lines is marked on its first", () => {
  const [, line, under] = shown("\ta:\tb\n\tc: d\n", "b\n\tc: d").split("\n");
  expect(line).toBe("  1 | \ta:\tb");
  expect(under).toBe("    | \t  \t~");
});

test("of a very long line a part is shown", () => {
  const text = `[${"x, ".repeat(50_000)}asignee, ${"y, ".repeat(50_000)}]`;
  const [, line, under] = shown(text, "asignee").split("\n");
  expect(line!.length).toBeLessThan(200);
  const at = under!.indexOf("~");
  expect(line!.slice(at, under!.length)).toBe("asignee");
});

test("nothing from the manifest moves a terminal's cursor or turns its lines around", () => {
  const evil = "\u001B[2J\u202Eevil\u0007\r\n";
  const text = shown(`${evil.trimEnd()} asignee`, "asignee", evil);
  expect([...text].filter((character) => "\u001B\u202E\u0007\r".includes(character))).toEqual([]);
  expect(text.split("\n")).toHaveLength(3);
});

test("colours only when asked", () => {
  const source = new SourceFile("appflare.yaml", "a: 1\n");
  const one = diagnostic("yaml/empty", { source, start: 0, end: 1 }, []);
  const coloured = formatDiagnostic(one, { colours: true });
  expect(formatDiagnostic(one)).not.toContain("\u001B");
  expect(coloured).toContain("\u001B[31merror\u001B[39m");
  expect(stripVTControlCharacters(coloured)).toBe(formatDiagnostic(one));
});
