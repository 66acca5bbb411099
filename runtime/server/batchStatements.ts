import type { Shape } from "../wire/shape.ts";
import { type BindContext, itemPath, valueAt } from "./bind.ts";
import type { Statement } from "./database.ts";
import type { BatchInsert, BatchStatement, BatchStep, ForeignKeyProbe } from "./plan.ts";
import { statement } from "./statement.ts";

/** What a statement of a batch is for, and its foreign keys as statements that ask whether they would be broken. */
export interface Purpose extends Omit<BatchStatement, "sql" | "foreignKeys"> {
  readonly probes: readonly Probe[];
}

export interface Probe {
  readonly key: ForeignKeyProbe;
  readonly build: (context: BindContext) => Statement;
}

/** A statement of one run, the items that it is for, and the lists whose items these are. */
export interface Planned {
  readonly statement: Statement;
  readonly purpose: Purpose;
  readonly contexts: readonly BindContext[];
  readonly lists: readonly string[];
}

/** The statements of one run, in order. */
export type Expand = (context: BindContext) => readonly Planned[];

type Shapes = { readonly [name: string]: Shape };
type Add = (context: BindContext, lists: readonly string[], into: Planned[]) => void;

/** D1 runs a thousand statements in one invocation of a Worker; some are left for an `Idempotency-Key`. */
export const MOST_STATEMENTS = 990;

/** D1 takes as many parameters a statement, and a text twice as long. */
const MOST_PARAMETERS = 100;
const LONGEST_TEXT = 50_000;

/** Makes the parts of a batch ready: a run of it only binds. */
export function batchStatements(steps: readonly BatchStep[], shapes: Shapes): Expand {
  const parts = steps.map((step) => part(step, shapes));
  return (context) => {
    const planned: Planned[] = [];
    for (const add of parts) add(context, [], planned);
    return planned;
  };
}

function part(step: BatchStep, shapes: Shapes): Add {
  if ("each" in step) return each(step.each.split("."), step.of, shapes);
  const purpose = purposeOf(step, shapes);
  if ("into" in step) return insertion(step, purpose, shapes);
  const build = statement(step.sql, shapes);
  return (context, lists, into) => into.push({ statement: build(context), purpose, contexts: [context], lists });
}

function purposeOf(step: BatchStatement | BatchInsert, shapes: Shapes): Purpose {
  const { step: name, table, answers, foreignKeys = [] } = step;
  return {
    ...(name !== undefined && { step: name }),
    ...(table !== undefined && { table }),
    ...(answers && { answers }),
    probes: foreignKeys.map((key) => ({ key, build: statement(key.sql, shapes) })),
  };
}

function each(path: readonly string[], of: readonly BatchStep[], shapes: Shapes): Add {
  const parts = of.map((step) => part(step, shapes));
  return (context, lists, into) => {
    const items = context.items ?? [];
    const list = itemPath(path, items);
    const { length } = (valueAt(context.args, list) ?? []) as readonly unknown[];
    const below = [...lists, list.join(".")];
    for (let index = 0; index < length; index += 1) {
      const own = { ...context, items: [...items, index] };
      for (const add of parts) add(own, below, into);
    }
  };
}

/** A row joins the statement before it where that is the same INSERT of the same list, with the same values behind the rows, and takes its parameters too. */
function insertion({ into: head, values, returning = "" }: BatchInsert, purpose: Purpose, shapes: Shapes): Add {
  const [buildHead, buildRow, buildTail] = [head, values, returning].map((sql) => statement(sql, shapes)) as [
    Build,
    Build,
    Build,
  ];
  return (context, lists, into) => {
    const [first, row, tail] = [buildHead(context), buildRow(context), buildTail(context)];
    const start = `${first.sql} VALUES ${row.sql}`;
    const last = into.at(-1);
    const rowsEnd = (last?.statement.params.length ?? 0) - tail.params.length;
    const joins =
      last?.purpose === purpose &&
      last.statement.sql.startsWith(start) &&
      last.statement.sql.endsWith(tail.sql) &&
      first.params.length === 0 &&
      tail.params.every((param, at) => param === last.statement.params[rowsEnd + at]) &&
      last.statement.params.length + row.params.length <= MOST_PARAMETERS &&
      last.statement.sql.length + row.sql.length <= LONGEST_TEXT;
    if (!joins) {
      const sql = start + tail.sql;
      const params = [...first.params, ...row.params, ...tail.params];
      into.push({ statement: { sql, params }, purpose, contexts: [context], lists });
      return;
    }
    const rows = last.statement.sql.slice(0, last.statement.sql.length - tail.sql.length);
    const params = [...last.statement.params.slice(0, rowsEnd), ...row.params, ...tail.params];
    into[into.length - 1] = {
      ...last,
      statement: { sql: `${rows}, ${row.sql}${tail.sql}`, params },
      contexts: [...last.contexts, context],
    };
  };
}

type Build = (context: BindContext) => Statement;
