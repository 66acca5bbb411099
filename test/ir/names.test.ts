import { expect, test } from "vitest";
import { pascalCase, snakeCase } from "../../compiler/ir/names.ts";

test.each([
  ["createdAt", "created_at"],
  ["address1", "address1"],
  ["line2Text", "line2_text"],
  ["userID", "user_id"],
  ["htmlURLPath", "html_url_path"],
  ["oauth2", "oauth2"],
])("%s is %s in SQL", (name, sql) => {
  expect(snakeCase(name)).toBe(sql);
});

test("an operation's name begins a type's", () => {
  expect([pascalCase("tasks/list"), pascalCase("a/bC/d")]).toEqual(["TasksList", "ABCD"]);
});
