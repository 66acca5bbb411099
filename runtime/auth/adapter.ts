import { createAdapterFactory } from "better-auth/adapters";
import type { Database } from "../server/database.ts";
import { nanoid, uuidv7 } from "../server/ids.ts";
import type { Shape } from "../wire/shape.ts";
import type { SqlValue } from "../wire/toSql.ts";
import { type AuthTable, columnOf, condition, type Made, type Part, selected, sqlOf, type Where } from "./rows.ts";

/** The tables of sign-in by the names that better-auth has for them. */
export interface AuthTables {
  readonly user: AuthTable;
  readonly session: AuthTable;
  readonly account: AuthTable;
  readonly verification: AuthTable;
}

type Values = { readonly [column: string]: unknown };

/**
 * How better-auth reads and writes the database: the few statements that it needs, without a library for all the others.
 *
 * @param inputs fields of users that are in wire form
 */
export function adapterOf(database: Database, tables: AuthTables, inputs: { readonly [field: string]: Shape } = {}) {
  const tableOf = (model: string): AuthTable => tables[model as keyof AuthTables];
  const shapeOf = (model: string, field: string) => (model === "user" ? inputs[field] : undefined);

  async function run(...parts: readonly (string | Part)[]): Promise<readonly Values[]> {
    const sql = parts.map((part) => (typeof part === "string" ? part : part.sql)).join(" ");
    const params = parts.flatMap((part) => (typeof part === "string" ? [] : part.params));
    return (await database.run({ sql, params })) as unknown as readonly Values[];
  }

  /** What stands after SET. */
  function changes(model: string, values: Values): Part {
    const table = tableOf(model);
    const all = { ...madeOf(table.touched), ...values };
    const sql = Object.keys(all).map((field) => `${columnOf(table, field)} = ?`);
    return { sql: sql.join(", "), params: paramsOf(model, all) };
  }

  const paramsOf = (model: string, values: Values): SqlValue[] =>
    Object.entries(values).map(([field, value]) => sqlOf(value, shapeOf(model, field)));

  /** One row that conditions hold for. */
  function one(table: AuthTable, where: readonly Where[]): Part {
    const { sql, params } = condition(table, where);
    return { sql: `"id" IN (SELECT "id" FROM "${table.name}" WHERE ${sql} LIMIT 1)`, params };
  }

  return createAdapterFactory({
    config: {
      adapterId: "appflare",
      customTransformOutput: ({ data, fieldAttributes: { type } }) => {
        if (typeof data !== "number") return data;
        if (type === "date") return new Date(data);
        return type === "boolean" ? data === 1 : data;
      },
    },
    adapter: () => ({
      async create({ model, data }) {
        const table = tableOf(model);
        const values = { ...madeOf(table.made), ...data };
        const columns = Object.keys(values).map((field) => columnOf(table, field));
        const marks = columns.map(() => "?").join(", ");
        const sql = `INSERT INTO "${table.name}" (${columns.join(", ")}) VALUES (${marks}) RETURNING ${selected(table)}`;
        return first(await run({ sql, params: paramsOf(model, values) })) as typeof data;
      },
      async findOne({ model, where }) {
        const table = tableOf(model);
        return first(
          await run(`SELECT ${selected(table)} FROM "${table.name}" WHERE`, condition(table, where), "LIMIT 1"),
        );
      },
      async findMany({ model, where, limit, offset = 0, sortBy }) {
        const table = tableOf(model);
        const order = sortBy
          ? `ORDER BY ${columnOf(table, sortBy.field)} ${sortBy.direction === "desc" ? "DESC" : "ASC"}`
          : "";
        const range = { sql: "LIMIT ? OFFSET ?", params: [limit ?? -1, offset] };
        const rows = await run(
          `SELECT ${selected(table)} FROM "${table.name}" WHERE`,
          condition(table, where),
          order,
          range,
        );
        return rows as never;
      },
      async count({ model, where }) {
        const table = tableOf(model);
        const rows = await run(`SELECT count(*) AS "count" FROM "${table.name}" WHERE`, condition(table, where));
        return rows[0]!["count"] as number;
      },
      async update({ model, where, update }) {
        const table = tableOf(model);
        const set = changes(model, update as Values);
        return first(
          await run(
            `UPDATE "${table.name}" SET`,
            set,
            "WHERE",
            condition(table, where),
            `RETURNING ${selected(table)}`,
          ),
        );
      },
      async updateMany({ model, where, update }) {
        const table = tableOf(model);
        const set = changes(model, update);
        return (await run(`UPDATE "${table.name}" SET`, set, "WHERE", condition(table, where), `RETURNING "id"`))
          .length;
      },
      async delete({ model, where }) {
        const table = tableOf(model);
        await run(`DELETE FROM "${table.name}" WHERE`, condition(table, where));
      },
      async deleteMany({ model, where }) {
        const table = tableOf(model);
        return (await run(`DELETE FROM "${table.name}" WHERE`, condition(table, where), `RETURNING "id"`)).length;
      },
      async consumeOne({ model, where }) {
        const table = tableOf(model);
        return first(await run(`DELETE FROM "${table.name}" WHERE`, one(table, where), `RETURNING ${selected(table)}`));
      },
      async incrementOne({ model, where, increment, set = {} }) {
        const table = tableOf(model);
        const sums = Object.keys(increment).map((field) => `${columnOf(table, field)} = ${columnOf(table, field)} + ?`);
        const others = changes(model, set);
        const sql = [...sums, others.sql].filter(Boolean).join(", ");
        const all = { sql, params: [...Object.values(increment), ...others.params] };
        return first(
          await run(`UPDATE "${table.name}" SET`, all, "WHERE", one(table, where), `RETURNING ${selected(table)}`),
        );
      },
    }),
  });
}

function first(rows: readonly Values[]): never {
  return (rows[0] ?? null) as never;
}

const MAKE: { readonly [made in Made]: () => string | number } = {
  now: () => Date.now(),
  today: () => new Date().toISOString().slice(0, 10),
  uuid: () => uuidv7(Date.now()),
  nanoid,
};

function madeOf(made: { readonly [column: string]: Made } = {}): Values {
  return Object.fromEntries(Object.entries(made).map(([column, kind]) => [column, MAKE[kind]()]));
}
