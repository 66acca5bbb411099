import type { Argument, Operation } from "../ir/operation.ts";
import { resultOf } from "../ir/result.ts";
import { constraintsText, valueText } from "../ir/valueText.ts";
import type { AccessOf } from "./access.ts";
import { accessLines, personName } from "./accessText.ts";
import type { Advice } from "./advice.ts";
import type { KnownIndex } from "./database.ts";
import type { Explanation, StatementExplanation, StatementPlan, StepExplanation } from "./explain.ts";
import { layOut } from "./layout.ts";
import type { Variation } from "./variations.ts";
import { indexName, type Sentence } from "./words.ts";

const WIDTH = 100;

/**
 * An operation and its explanation as a page of text.
 *
 * @param as who calls, and what they may do, where that is asked
 */
export function formatExplanation(
  operation: Operation,
  explanation: Explanation | undefined,
  as: AccessOf | undefined,
): string {
  const { kind, name, description, body } = operation;
  const sections = [
    `${kind} ${name}${description === undefined ? "" : `: ${description}`}`,
    section("Arguments", argumentLines(operation)),
    section("Result", resultText(operation).split("\n")),
    ...(as ? [section(`As ${personName(as.person)}`, accessLines(as.access, operation.auth))] : []),
    ...(explanation && "steps" in explanation ? explanation.steps.flatMap(stepSections) : []),
    ...(explanation && !("steps" in explanation) ? explanationSections(explanation) : []),
    ...(body.kind === "handler"
      ? [
          section("Answered by", [
            `${body.export} of ${body.module}, a handler: its SQL is what it asks ctx.db at run time`,
          ]),
        ]
      : []),
  ];
  return `${sections.filter((text) => text !== "").join("\n\n")}\n`;
}

/** A step: what it does, by a line, then its statements. */
function stepSections({ name, each, statements }: StepExplanation): string[] {
  const head = `${name && `Step ${name}, `}${each === undefined ? "" : `for each of ${each}`}`.replace(/, $/, "");
  return [...(head === "" ? [] : [head[0]!.toUpperCase() + head.slice(1)]), ...statements.flatMap(explanationSections)];
}

function explanationSections(explanation: StatementExplanation): string[] {
  const { sql, refuses, before = [], guard, variations, plans, optional, indexes, advice } = explanation;
  const title = refuses ? "Guard, which refuses the write where it finds something" : "SQL";
  return [
    ...before.flatMap(explanationSections),
    section(optional.length === 0 ? title : `${title}, with every optional argument sent`, sql.split("\n")),
    section("How it varies", variations.flatMap(variationLines)),
    section("Behind it in the same batch", guard?.split("\n") ?? []),
    ...plans.map((plan) => section(planTitle(plan, plans.length > 1), plan.steps.flatMap(sentenceLines))),
    section("Indexes that serve it", columns(indexes.map(indexRow))),
    section("What would help", advice.flatMap(adviceLines)),
  ];
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : `${title}\n${lines.map((line) => `  ${line}`.trimEnd()).join("\n")}`;
}

function argumentLines(operation: Operation): string[] {
  return columns(argumentsOf(operation).map(({ name, type, notes }) => [name, type, notes.join(", ")]));
}

/** What an operation takes, a page's own arguments among it. */
export function argumentsOf({ args, body }: Operation) {
  const declared = [...args.values()].map((argument) => ({
    name: argument.name,
    type: valueText(argument, WIDTH),
    optional: argument.optional,
    notes: argumentNotes(argument),
  }));
  if (body.kind !== "page") return declared;
  const size = [`1 to ${body.size.max}`, `${body.size.default} unless given`];
  return [
    ...declared,
    {
      name: "cursor",
      type: "string?",
      optional: true,
      notes: [body.bothWays ? "where the last page ended, or started" : "where the last page ended"],
    },
    { name: "size", type: "integer", optional: true, notes: size },
  ];
}

/** What an argument has to meet, and what goes without it. */
function argumentNotes({ type, optional, nullable, default: value }: Argument): string[] {
  const given = value === undefined ? [] : [`${JSON.stringify(value)} unless given`];
  const absent = value === undefined && optional && !nullable ? ["may be left out"] : [];
  return [...constraintsText(type), ...given, ...absent];
}

/** What an operation answers, as a type. */
export function resultText(operation: Operation): string {
  const result = resultOf(operation);
  return result ? valueText(result, WIDTH) : "null";
}

function variationLines({ sent, names, parts }: Variation): string[] {
  const head = `without ${names.join(sent === "all" ? " or " : ", ")}`;
  const word = sent === "all" ? "no" : "instead";
  const line = `${head}: ${word} ${parts.join(", no ")}`;
  if (line.length <= WIDTH) return [line];
  return [`${head}: ${word}`, ...parts.flatMap((part) => layOut(part).split("\n")).map((each) => `    ${each}`)];
}

function planTitle({ sent }: StatementPlan, several: boolean): string {
  if (!several) return "Plan";
  return sent.length > 0 ? `Plan with ${sent.join(", ")}` : "Plan without optional arguments";
}

function sentenceLines({ text, inside }: Sentence): string[] {
  const head = inside.length === 0 ? text : `${text}:`;
  return [`- ${head}`, ...inside.flatMap(sentenceLines).map((line) => `  ${line}`)];
}

/** The index in words, and where the manifest has it. */
function indexRow(index: KnownIndex): string[] {
  const [first] = index.columns;
  const place = index.declared?.place ?? (index.isKey ? index.table.place : (first?.place ?? index.table.place));
  return [`${index.table.name}:`, indexName(index), place.path.join(".")];
}

function adviceLines({ table, columns: parts, because }: Advice): string[] {
  return [
    `${because}; SQLite would use this index instead:`,
    `    ${table.name}:`,
    "      indexes:",
    `        - [${parts.join(", ")}]`,
  ];
}

/** Rows of cells under one another. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = [0, 1].map((at) => Math.max(0, ...rows.map((row) => lastLine(row[at] ?? "").length)));
  return rows.flatMap((row) => {
    const [first = "", second = "", ...rest] = row;
    return [
      first.padEnd(widths[0]!),
      second.includes("\n") ? second.replaceAll("\n", `\n  `) : second.padEnd(widths[1]!),
      ...rest,
    ]
      .join("  ")
      .trimEnd()
      .split("\n");
  });
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf("\n") + 1);
}
