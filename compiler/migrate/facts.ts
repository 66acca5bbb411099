import { type SqlToken, tokens } from "../ir/sqlText.ts";
import { quoteName } from "../plan/quote.ts";

/** A row of `sqlite_master`. */
export interface SchemaObject {
  readonly type: string;
  readonly name: string;
  readonly tbl_name: string;
  readonly sql: string | null;
}

/** By table: columns, keys, checks, indexes, and triggers of our own as SQL, sorted. */
export type Facts = ReadonlyMap<string, readonly string[]>;

/**
 * What a database says of its tables, in an order of its own: the same facts for a table that was altered again and again and for one
 * that was created so. Reads the texts of `sqlite_master`, which SQLite keeps up to date when it renames, adds and drops.
 */
export function factsOf(objects: readonly SchemaObject[]): Facts {
  const facts = new Map<string, string[]>();
  for (const { type, name, sql } of objects) if (type === "table" && sql !== null) facts.set(name, tableFacts(sql));
  for (const { type, name, tbl_name, sql } of objects) {
    const isOurs = type === "index" || (type === "trigger" && name.startsWith("_af_"));
    if (isOurs && sql !== null) facts.get(tbl_name)?.push(text(words(sql)));
  }
  return new Map([...facts].map(([name, all]) => [name, all.sort()]));
}

function words(sql: string): readonly SqlToken[] {
  return tokens(sql).filter(({ kind }) => kind !== "space");
}

function text(list: readonly SqlToken[]): string {
  return list.map((token) => token.text).join(" ");
}

/** What stands between the outer parentheses, part by part, and what stands behind them. */
function tableFacts(sql: string): string[] {
  const all = words(sql);
  const start = all.findIndex((token) => token.text === "(");
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  let at = start;
  for (; at < all.length; at++) {
    const token = all[at]!;
    if (token.text === ")" && --depth === 0) break;
    if (token.text === "," && depth === 1) parts.push([]);
    else if (depth > 0) parts.at(-1)!.push(token);
    if (token.text === "(") depth++;
  }
  const behind = text(all.slice(at + 1));
  return [...parts.flatMap(partFacts), ...(behind === "" ? [] : [behind])];
}

const isWord = ({ kind, text }: SqlToken, pattern: RegExp): boolean => kind === "word" && pattern.test(text);

/** A constraint, or a column and what is said of it behind its type: added columns have their checks and references there. */
function partFacts(part: readonly SqlToken[]): string[] {
  const [first, ...rest] = part;
  if (!first) return [];
  if (isWord(first, /^(CONSTRAINT|CHECK|FOREIGN|PRIMARY|UNIQUE)$/i)) return [text(part)];
  const name = quoteName(first.kind === "quoted" ? first.name : first.text);
  const cuts = rest.flatMap((token, index) =>
    depthAt(rest, index) === 0 && isWord(token, /^(CONSTRAINT|REFERENCES)$/i) ? [index] : [],
  );
  const own = rest.slice(0, cuts[0] ?? rest.length);
  const lifted = cuts.map((start, index) => rest.slice(start, cuts[index + 1] ?? rest.length));
  return [
    `COLUMN ${name} ${text(own)}`.trim(),
    ...lifted.map((tokens) =>
      isWord(tokens[0]!, /^REFERENCES$/i) ? `FOREIGN KEY ( ${name} ) ${text(tokens)}` : text(tokens),
    ),
  ];
}

function depthAt(list: readonly SqlToken[], index: number): number {
  return list.slice(0, index).reduce((depth, { text }) => depth + (text === "(" ? 1 : text === ")" ? -1 : 0), 0);
}
