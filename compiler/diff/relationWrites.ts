import { listPath } from "../ir/items.ts";
import type { LinkChange, NestedWrite, NewRow } from "../ir/nestedWrite.ts";
import type { Body } from "../ir/operation.ts";
import { type Naming, operandText } from "./conditionText.ts";
import { writtenText } from "./writtenText.ts";

type Write = Extract<Body, { kind: "insert" | "update" | "upsert" | "delete" }>;

/** What a write does with the rows of each relation, in words. */
export function relationTexts(write: Write, name: Naming): ReadonlyMap<string, string> {
  const texts = new Map<string, string[]>();
  const add = (relation: NestedWrite["relation"], text: string): void => {
    const key = name(relation);
    texts.set(key, [...(texts.get(key) ?? []), text]);
  };
  if (write.kind === "insert") for (const nested of write.nested ?? []) add(nested.relation, nestedText(nested, name));
  if (write.kind === "update") for (const change of write.links ?? []) add(change.relation, linkText(change, name));
  return new Map([...texts].map(([relation, parts]) => [relation, parts.join(", ")]));
}

function nestedText(write: NestedWrite, name: Naming): string {
  if (write.kind === "link") return `links to ${keysText(write.keys, name)}`;
  const each = write.each ? ` for each of $args.${listPath(write.each)}` : "";
  return `a new row (${rowText(write.row, name)})${each}`;
}

function rowText({ assignments, nested = [] }: NewRow, name: Naming): string {
  return [
    ...assignments.map((assignment) => `${name(assignment.column)}: ${writtenText(assignment, name)}`),
    ...nested.map((write) => `${name(write.relation)}: ${nestedText(write, name)}`),
  ].join(", ");
}

const linkText = ({ change, keys }: LinkChange, name: Naming): string => `{ ${change}: ${keysText(keys, name)} }`;

function keysText(keys: LinkChange["keys"], name: Naming): string {
  return keys.map((key) => operandText(key, name)).join(", ");
}
