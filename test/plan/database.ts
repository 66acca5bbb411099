import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import type { App } from "../../compiler/ir/app.ts";
import type { Operation } from "../../compiler/ir/operation.ts";
import { databaseOf } from "../../compiler/migrate/database.ts";
import { createDatabase } from "../../compiler/migrate/statements.ts";
import { constraintsOf } from "../../compiler/plan/constraints.ts";
import { planOperation } from "../../compiler/plan/plan.ts";
import type { Args } from "../../runtime/server/args.ts";
import type { Caller } from "../../runtime/server/caller.ts";
import type { Database, Row, Statement } from "../../runtime/server/database.ts";
import { executor } from "../../runtime/server/execute.ts";
import type { OperationPlan } from "../../runtime/server/plan.ts";

export const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 6);

/** An App's database in memory. Numbers are bound as D1 binds them, as floating point. */
export class Memory implements Database {
  readonly sqlite = new DatabaseSync(":memory:");
  readonly app: App;
  /** every statement that was run */
  readonly log: Statement[] = [];

  constructor(app: App) {
    this.app = app;
    for (const statement of createDatabase(databaseOf(app))) this.sqlite.exec(statement);
  }

  async run(statement: Statement): Promise<readonly Row[]> {
    this.log.push(statement);
    return this.sqlite.prepare(statement.sql).all(...parameters(statement)) as unknown as Row[];
  }

  async batch(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]> {
    this.sqlite.exec("BEGIN");
    try {
      const results = [];
      for (const statement of statements) results.push(await this.run(statement));
      this.sqlite.exec("COMMIT");
      return results;
    } catch (error) {
      this.sqlite.exec("ROLLBACK");
      throw error;
    }
  }

  /** Puts rows in, by SQL name. */
  fill(table: string, rows: readonly { readonly [column: string]: SQLInputValue }[]): void {
    this.sqlite.exec("BEGIN");
    for (const row of rows) {
      const names = Object.keys(row);
      const places = names.map(() => "?").join(", ");
      this.sqlite
        .prepare(`INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(", ")}) VALUES (${places})`)
        .run(...Object.values(row));
    }
    this.sqlite.exec("COMMIT");
  }

  /** Plans an operation and runs it as a Worker would; the result as JSON says it. */
  async call(
    operation: Operation,
    args: Args = {},
    page: { size?: number; position?: string; caller?: Caller | undefined } = {},
    // biome-ignore lint/suspicious/noExplicitAny: tests look into results whose shape they know
  ): Promise<any> {
    const plan = planOperation(operation, this.app) as Exclude<OperationPlan, { result: "handler" }>;
    const constraints = constraintsOf(this.app);
    const call = { args, now: NOW, generated: new Map(), database: this, constraints, ...page };
    return JSON.parse(await executor(plan)(call));
  }

  /** The steps of SQLite's plan for the last statement. */
  lastPlan(): string[] {
    const last = this.log.at(-1)!;
    const steps = this.sqlite.prepare(`EXPLAIN QUERY PLAN ${last.sql}`).all(...parameters(last));
    return steps.map((step) => String(step.detail));
  }
}

function parameters({ params }: Statement): SQLInputValue[] {
  // node:sqlite takes an empty ArrayBuffer for null, which D1 does not
  return params.map((value) => (value instanceof ArrayBuffer ? Buffer.from(new Uint8Array(value)) : value));
}
