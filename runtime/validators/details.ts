import type * as z from "zod";
import type { Detail } from "../server/errors.ts";

type Issue = z.core.$ZodIssue;

const NAMES: { readonly [type: string]: string } = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "an array",
  object: "an object",
  record: "an object",
  null: "null",
};

function typeMessage(expected: string, input: unknown): string {
  if (input === undefined) return "is required";
  if (input === null) return "must not be null";
  return `must be ${NAMES[expected] ?? expected}`;
}

function sizeMessage(bound: string, count: number | bigint, origin: string): string {
  const unit = origin === "array" ? (count === 1 ? " item" : " items") : origin === "string" ? " characters" : "";
  return `must ${unit === "" ? "be" : "have"} ${bound} ${count}${unit}`;
}

/** The branch of a union that the value was meant for: the one whose own type it has. */
function branch(issues: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return issues.find(
    (each) => each.length > 0 && each.every(({ code, path }) => path.length > 0 || code !== "invalid_type"),
  );
}

function messageOf(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return typeMessage(issue.expected, issue.input);
    case "too_small":
      return sizeMessage(issue.inclusive === false ? "more than" : "at least", issue.minimum, issue.origin);
    case "too_big":
      return sizeMessage(issue.inclusive === false ? "less than" : "at most", issue.maximum, issue.origin);
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "invalid_value":
      if (issue.input === undefined) return "is required";
      return `must be ${issue.values.length === 1 ? "" : "one of "}${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "custom":
      return issue.message;
    default:
      return "is not valid";
  }
}

function collect(issue: Issue, above: readonly PropertyKey[], details: Detail[]): void {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    for (const key of issue.keys) details.push({ path: [...path, key].join("."), message: "is not known here" });
    return;
  }
  if (issue.code === "invalid_union") {
    const meant = branch(issue.errors);
    if (meant) {
      for (const inner of meant) collect(inner, path, details);
      return;
    }
    const [first] = issue.errors.flat();
    if (first?.code === "invalid_type" || first?.code === "invalid_value") {
      details.push({ path: path.join("."), message: messageOf({ ...first, input: issue.input } as Issue) });
      return;
    }
  }
  details.push({ path: path.join("."), message: messageOf(issue) });
}

/** Zod's issues in plain words that follow the path: `title` · `must not be empty`. */
export function detailsOf(issues: readonly Issue[]): readonly Detail[] {
  const details: Detail[] = [];
  for (const issue of issues) collect(issue, [], details);
  return details;
}
