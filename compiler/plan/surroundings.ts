import type { BatchStatement, Sql } from "../../runtime/server/plan.ts";
import type { Selection } from "../ir/operation.ts";
import type { Column, Table } from "../ir/table.ts";
import type { Words } from "./expectation.ts";
import { NUMBER } from "./guard.ts";
import { quoteText } from "./quote.ts";
import { type Scope, type Style, writeScope } from "./scope.ts";
import { sequence } from "./sql.ts";

/** A row that a batch writes, as its later statements speak of it. */
export interface WrittenRow {
  valueOf(column: Column): Sql;
}

/** What surrounds the writing of a row, or of links. */
export interface Surroundings {
  readonly style: Style;
  /** how refusals call it: the step, and the relations that led there, each behind a dot */
  readonly step: string;
  /** what makes the fresh ids that are made here its own */
  readonly ids: string;
  /** in how many lists it is */
  readonly depth: number;
  /** what the batch answers of the row */
  readonly returns?: Selection;
}

/** The surroundings of what is written for a relation of a row. */
export function within(
  { style, step, ids, depth }: Surroundings,
  relation: { readonly name: string },
  index: number,
  isEach: boolean,
): Surroundings {
  return {
    style,
    step: `${step}.${relation.name}`,
    ids: `${ids}${relation.name}.${index}.${isEach ? "*." : ""}`,
    depth: depth + (isEach ? 1 : 0),
  };
}

/** How guards there say why they refuse. */
export function wordsIn({ step, depth }: Surroundings): Words {
  return (word) => {
    const text = quoteText(`_af:${word}:${step}${depth > 0 ? ":" : ""}`);
    return depth > 0 ? sequence(`${text} || `, { item: depth - 1 }) : text;
  };
}

/** The same of the innermost list's rows, where these are judged together. */
export function listedWordsIn({ step }: Surroundings): Words {
  return (word) => `${quoteText(`_af:${word}:${step}:`)} || ${NUMBER}`;
}

/** The number of the innermost list's item. */
export function numberIn({ depth }: Surroundings): Sql {
  return sequence("CAST(", { item: depth - 1 }, " AS INTEGER)");
}

/** A guard as a statement there; none where there is none. */
export function guarding(sql: Sql | undefined, { step }: Surroundings): readonly BatchStatement[] {
  return sql === undefined ? [] : [{ step, sql }];
}

/** The scope of a statement that writes to a table there. */
export function scopeWithin(table: Table, { style, ids }: Surroundings): Scope {
  const { constants, eyes } = style;
  return writeScope(table, { constants, eyes, batch: { step: noSteps, ...style.batch, ids } });
}

const noSteps = (): Sql => {
  throw new Error("There are no steps to speak of here");
};
