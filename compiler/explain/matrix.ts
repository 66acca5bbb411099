import type { App } from "../ir/app.ts";
import type { Person } from "../ir/heldBy.ts";
import type { Operation } from "../ir/operation.ts";
import { subjectsOf } from "../ir/touched.ts";
import { type TableAccess, tableAccess } from "./access.ts";
import { mayCall, peopleOf } from "./person.ts";

/** Who may do what: a row for each operation, in it a cell for each of `people`. */
export interface Matrix {
  readonly people: readonly string[];
  readonly rows: readonly { readonly operation: string; readonly cells: readonly string[] }[];
}

/** The operations of an App against those who may call them. */
export function matrixOf(app: App): Matrix {
  const people = peopleOf(app);
  return {
    people: [...people.keys()],
    rows: [...app.operations.values()].map((operation) => ({
      operation: operation.name,
      cells: [...people.values()].map((person) => cellOf(operation, person)),
    })),
  };
}

/** `yes`, `no`, or `own rows` with the rules that tell which. What an operation reads beside what it is about is not told. */
function cellOf(operation: Operation, person: Person): string {
  if (!mayCall(operation.auth, person)) return "no";
  if (operation.asSystem !== undefined) return "yes, as system";
  const accesses = subjectsOf(operation).map((subject) => tableAccess(subject, person));
  if (accesses.some(({ rows }) => rows === "none")) return "no";
  const limited = accesses.filter(({ rows }) => rows === "some").map(limits);
  return limited.length === 0 ? "yes" : `own rows: ${[...new Set(limited)].join(", and ")}`;
}

function limits({ tenant, grants = [], denials = [] }: TableAccess): string {
  const names = grants.map(({ name }) => name).join(", ");
  const except = denials.length === 0 ? "" : `not ${denials.map(({ name }) => name).join(", ")}`;
  return [tenant?.split(" ")[0], names, except].filter((part) => part).join("; ");
}

/** The matrix as text, its columns under one another. */
export function formatMatrix({ people, rows }: Matrix): string {
  const lines = [["", ...people], ...rows.map(({ operation, cells }) => [operation, ...cells])];
  const widths = lines[0]!.map((_, at) => Math.max(...lines.map((line) => line[at]!.length)));
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, at) => cell.padEnd(widths[at]!))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
