/*
 * SQLite's EXPLAIN QUERY PLAN, as the page https://sqlite.org/eqp.html describes it, read into a tree. A step says in English what
 * happens and names rows by their alias; names may hold anything, so that only known ones are looked for.
 */

/** A row of EXPLAIN QUERY PLAN. */
export interface PlanRow {
  readonly id: number;
  readonly parent: number;
  readonly detail: string;
}

/** By what a search finds its rows: a column or expression as the index has it, and how it is compared. */
export interface Term {
  readonly column: string;
  readonly compared: "=" | ">" | "<";
}

export type Step = { readonly steps: readonly Step[] } & (
  | {
      readonly kind: "scan" | "search";
      /** an alias, or a table of the database */
      readonly of: string;
      /** absent: the table itself, by its integer key where it is searched */
      readonly index?: string;
      /** nothing but the index is read */
      readonly covering: boolean;
      /** SQLite makes the index for this one run */
      readonly automatic: boolean;
      readonly terms: readonly Term[];
    }
  /** `last`: how many terms of the order are sorted; the ones before come in order */
  | { readonly kind: "sort"; readonly what: "ORDER BY" | "GROUP BY" | "DISTINCT"; readonly last?: number }
  | { readonly kind: "subquery"; readonly correlated: boolean; readonly list: boolean }
  /** rows of a sub-select behind FROM */
  | { readonly kind: "rows"; readonly name: string }
  /** the items of a JSON list */
  | { readonly kind: "items" }
  /** what a full-text index finds */
  | { readonly kind: "words" }
  /** one search for each part of an OR */
  | { readonly kind: "or" }
  | { readonly kind: "part" }
  /** what changes nothing for a reader, or what this SQLite has and this code does not know */
  | { readonly kind: "other"; readonly detail: string }
);

type Own = Step extends infer S ? (S extends Step ? Omit<S, "steps"> : never) : never;

/** Names that a plan may speak of. */
export interface PlanNames {
  /** aliases, and tables that go by their own name */
  readonly rows: Iterable<string>;
  readonly indexes: Iterable<string>;
}

/** The plan as a tree, steps in the order in which SQLite says them. */
export function readPlan(rows: readonly PlanRow[], names: PlanNames): readonly Step[] {
  const known = { rows: longestFirst(names.rows), indexes: longestFirst(names.indexes) };
  const below = (parent: number): readonly Step[] =>
    rows
      .filter((row) => row.parent === parent)
      .flatMap((row) =>
        isCompound(row) ? below(row.id) : [{ ...readStep(row.detail, known), steps: below(row.id) } as Step],
      );
  return below(0);
}

/** Statements one after another as one: their steps are steps like others. */
function isCompound({ detail }: PlanRow): boolean {
  return detail === "COMPOUND QUERY" || detail === "LEFT-MOST SUBQUERY" || detail === "UNION ALL";
}

type Known = { readonly rows: readonly string[]; readonly indexes: readonly string[] };

function readStep(detail: string, known: Known): Own {
  const access = /^(SCAN|SEARCH) (.*)$/s.exec(detail);
  if (access) return readAccess(access[1] === "SCAN" ? "scan" : "search", access[2]!, detail, known);
  const sort = /^USE TEMP B-TREE FOR (?:LAST (?:(\d+) TERMS|TERM) OF )?(ORDER BY|GROUP BY|DISTINCT)$/.exec(detail);
  if (sort) {
    const last = detail.includes(" LAST ") ? { last: Number(sort[1] ?? 1) } : {};
    return { kind: "sort", what: sort[2] as "ORDER BY", ...last };
  }
  const subquery = /^(CORRELATED )?(SCALAR|LIST) SUBQUERY/.exec(detail);
  if (subquery) return { kind: "subquery", correlated: subquery[1] !== undefined, list: subquery[2] === "LIST" };
  const rows = /^(?:CO-ROUTINE|MATERIALIZE) (.*)$/s.exec(detail);
  if (rows) return { kind: "rows", name: rows[1]! };
  if (detail === "MULTI-INDEX OR") return { kind: "or" };
  return /^INDEX \d+$/.test(detail) ? { kind: "part" } : { kind: "other", detail };
}

function readAccess(kind: "scan" | "search", text: string, detail: string, known: Known): Own {
  if (/^(t\d+_search|_af_.*\.search) VIRTUAL TABLE /s.test(text)) return { kind: "words" };
  const of = startOf(text, known.rows);
  if (of === undefined && /^(json_each|t\d+) VIRTUAL TABLE /.test(text)) return { kind: "items" };
  if (of === undefined) return { kind: "other", detail };
  const rest = text.slice(of.length);
  const using = /^(?: EXISTS)? USING (AUTOMATIC )?(?:PARTIAL )?(COVERING )?INDEX (.*)$/s.exec(rest);
  const plain = { kind, of, covering: false, automatic: false, terms: readTerms(rest) };
  if (!using) return plain;
  const index = startOf(using[3]!, known.indexes);
  return {
    ...plain,
    covering: using[2] !== undefined,
    automatic: using[1] !== undefined,
    ...(index !== undefined && { index, terms: readTerms(using[3]!.slice(index.length)) }),
  };
}

/** `(project_id=? AND rowid>?)`, or `((isbn,number)>(?,?))` for row values. */
function readTerms(text: string): Term[] {
  const inside = /\((.*)\)$/s.exec(text)?.[1];
  if (inside === undefined) return [];
  return inside.split(" AND ").flatMap((term) => {
    const single = /^(.*)([=<>])\?$/s.exec(term);
    if (single) return [{ column: single[1]!, compared: single[2] as Term["compared"] }];
    const row = /^\((.*)\)([=<>])\([?,]*\)$/s.exec(term);
    return row ? row[1]!.split(",").map((column) => ({ column, compared: row[2] as Term["compared"] })) : [];
  });
}

/** The longest name that a text starts with, as a whole. */
function startOf(text: string, names: readonly string[]): string | undefined {
  return names.find((name) => text.startsWith(name) && /^( |$)/.test(text.slice(name.length)));
}

function longestFirst(names: Iterable<string>): string[] {
  return [...new Set(names)].sort((a, b) => b.length - a.length);
}
