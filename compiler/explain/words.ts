import type { Table } from "../ir/table.ts";
import { listed } from "../manifest/words.ts";
import type { KnownIndex } from "./database.ts";
import type { Step } from "./tree.ts";
import type { Uses } from "./uses.ts";

/** A row of the statement: the way to it by the manifest's names, and what the statement asks of it. */
export interface NamedRow {
  readonly path: string;
  readonly table: Table;
  readonly uses: Uses;
}

export interface Names {
  /** by alias */
  readonly rows: ReadonlyMap<string, NamedRow>;
  /** by SQL name */
  readonly indexes: ReadonlyMap<string, KnownIndex>;
}

/** A sentence of the plan, and what happens inside it. */
export interface Sentence {
  readonly text: string;
  readonly inside: readonly Sentence[];
}

type Access = Extract<Step, { kind: "scan" | "search" }>;

/** A plan in the words of the manifest. */
export function planWords(steps: readonly Step[], names: Names): readonly Sentence[] {
  const block: Block = {
    apart: new Set(steps.flatMap((step) => (step.kind === "rows" ? [step.name] : []))),
    sorted: steps.some(({ kind }) => kind === "sort"),
  };
  return withoutRepeats(steps.flatMap((step) => stepWords(step, names, block)));
}

/** What SQLite does in the same way several times is said once. */
function withoutRepeats(sentences: readonly Sentence[]): readonly Sentence[] {
  const seen = new Map(sentences.map((each) => [JSON.stringify(each), each]));
  return [...seen.values()];
}

/** What the steps beside a step are. */
interface Block {
  /** names of sub-selects whose rows are read here */
  readonly apart: ReadonlySet<string>;
  readonly sorted: boolean;
}

function stepWords(step: Step, names: Names, block: Block): readonly Sentence[] {
  const inside = step.kind === "scan" || step.kind === "search" ? [] : planWords(step.steps, names);
  switch (step.kind) {
    case "scan":
    case "search":
      return accessWords(step, names, block);
    case "sort":
      return [sentence(sortWords(step))];
    case "rows":
    case "part":
      return inside;
    case "subquery":
      return subqueryWords(step, inside);
    case "items":
      return [sentence("takes the items of a list")];
    case "words":
      return [sentence("finds rows by their words in the full-text index")];
    case "or":
      return [sentence("one search for each alternative", inside)];
    case "other":
      return [];
  }
}

function sentence(text: string, inside: readonly Sentence[] = []): Sentence {
  return { text, inside };
}

/** One sentence inside is said at once. */
function subqueryWords(step: Extract<Step, { kind: "subquery" }>, inside: readonly Sentence[]): readonly Sentence[] {
  const when = step.correlated ? "for each" : "once before";
  const [only, ...others] = inside;
  if (!only) return [];
  return others.length === 0 ? [sentence(`${when}, ${only.text}`, only.inside)] : [sentence(when, inside)];
}

function sortWords({ what, last }: Extract<Step, { kind: "sort" }>): string {
  if (what === "DISTINCT") return "drops rows that are alike, in memory";
  if (what === "GROUP BY") return "gathers them into groups, in memory";
  return last === undefined ? "sorts them in memory" : "sorts ties in memory";
}

function accessWords(step: Access, { rows, indexes }: Names, { apart, sorted }: Block): readonly Sentence[] {
  const row = rows.get(step.of);
  if (apart.has(step.of)) return step.kind === "scan" ? [] : [sentence("looks them up among the rows found before")];
  if (!row) return [sentence(`reads ${step.of}`)];
  const index = step.index === undefined ? undefined : indexes.get(step.index);
  if (step.kind === "search") return [sentence(searchWords(step, row, index))];
  if (!sorted && row.uses.order.length > 0)
    return [sentence(`reads ${row.path} in the order of ${indexName(index)}, as far as it needs`)];
  const alone = index && step.covering ? `, from ${indexName(index)} alone` : "";
  return [sentence(`reads every row of ${row.path}${alone}`)];
}

function searchWords(step: Access, row: NamedRow, index: KnownIndex | undefined): string {
  if (step.automatic) return `finds ${row.path} by an index that SQLite makes for this one call`;
  const how = index ? indexName(index) : `the key ${listed(row.table.primaryKey.map(({ name }) => name))}`;
  const alone = step.covering ? ", which holds all that is asked for" : "";
  return `finds ${row.path} by ${how}${partOf(step, row, index)}${alone}`;
}

/** Which part of an index is used, where it is not all of it by equality. */
function partOf({ terms }: Access, { table }: NamedRow, index: KnownIndex | undefined): string {
  const columns = [...table.columns.values()];
  const nameOf = (sqlName: string): string =>
    columns.find((column) => column.sqlName === sqlName)?.name ??
    (sqlName === "rowid" ? (table.primaryKey[0]?.name ?? sqlName) : "an expression");
  const count = index?.columns.length ?? 1;
  if (terms.length === 0 || (terms.length === count && terms.every(({ compared }) => compared === "="))) return "";
  const words = { "=": "equal", ">": "above", "<": "below" } as const;
  return ` (${terms.map(({ column, compared }) => `${nameOf(column)} ${words[compared]}`).join(", ")})`;
}

/** An index by what it is over: `the unique index on slug`; the table's own order is that of its key. */
export function indexName(index: KnownIndex | undefined): string {
  if (!index) return "the key";
  const over = listed(index.columns.map((column) => column?.name ?? "an expression"));
  if (index.isKey) return `the key ${over}`;
  return `the ${index.partial ? "partial " : ""}${index.unique ? "unique " : ""}index on ${over}`;
}
