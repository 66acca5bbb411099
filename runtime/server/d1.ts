import type { SqlValue } from "../wire/toSql.ts";
import type { Database, Row, Statement } from "./database.ts";

interface D1Answer {
  readonly results: readonly unknown[];
}

interface D1Prepared {
  bind(...values: readonly SqlValue[]): D1Prepared;
  all(): Promise<D1Answer>;
}

/** A D1 binding, as far as it is used: the types of Cloudflare's own package fit, and nobody who imports this needs that package. */
export interface D1Binding {
  prepare(sql: string): D1Prepared;
  batch(statements: never[]): Promise<readonly D1Answer[]>;
}

/** A D1 binding as a Database. `.all()` and `.raw()` cost the same for rows of one or two texts; a batch answers in the form of `.all()`. */
export function d1(binding: D1Binding): Database {
  const prepare = ({ sql, params }: Statement): D1Prepared => {
    const statement = binding.prepare(sql);
    return params.length === 0 ? statement : statement.bind(...params);
  };
  return {
    run: async (statement) => (await prepare(statement).all()).results as readonly Row[],
    batch: async (statements) => {
      // D1 refuses a batch of nothing
      if (statements.length === 0) return [];
      const answers = await binding.batch(statements.map(prepare) as never[]);
      return answers.map(({ results }) => results as readonly Row[]);
    },
  };
}
