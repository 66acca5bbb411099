import type { App } from "../../ir/app.ts";
import type { AuthSettings } from "../../ir/auth.ts";
import type { Argument, Operation } from "../../ir/operation.ts";
import { operationRow } from "../../ir/result.ts";
import { withoutSecrets } from "../../ir/secrets.ts";
import type { Column, Relation, Table } from "../../ir/table.ts";
import { modules } from "../symbols.ts";
import { type Code, raw, scalar, ts } from "../ts/code.ts";
import { property, typeBody } from "../ts/list.ts";
import { exportType, type Module } from "../ts/module.ts";
import { literals, TypePrinter } from "../types.ts";

const server = "appflare/server";

/** The names that `addHandlerTypes` declares. */
export const handlerTypeNames = ["Tables", "Operations", "Drizzle", "Handler"] as const;

/** And where people sign in. */
export const callerTypeNames = ["User", "Session"] as const;

/** Adds what authors of handlers need: the type of a handler, and what its `ctx` knows of tables and operations. */
export function addHandlerTypes(module: Module, app: App): void {
  const types = new TypePrinter(module, server, modules.schema);
  const tables = [...app.tables.values()].map((table) => property(table.name, tableType(types, table)));
  module.add(ts`export interface Tables ${typeBody(tables, { expand: true })}`, "The tables, as `ctx.db` has them.");
  if (app.auth) addCaller(module, types, app.auth);
  const operations = [...app.operations.values()].map((operation) =>
    property(operation.name, operationType(types, operation, app.auth !== undefined)),
  );
  module.add(
    ts`export interface Operations ${typeBody(operations, { expand: true })}`,
    "The operations, as `ctx.run` calls them.",
  );
  const handler = module.type("Handler", server, "ServerHandler");
  const drizzle = module.type("DrizzleD1Database", "drizzle-orm/d1");
  const env = module.type("Env", modules.worker);
  module.add(exportType("Drizzle", ts`${drizzle}<typeof import(${modules.schema})>`), "`ctx.drizzle`.");
  module.add(
    ts`export type Handler<Name extends keyof Operations> = ${handler}<Operations, Tables, ${env}, Name, Drizzle>;`,
    'The function behind an operation: `export const send: Handler<"mail/send"> = async (ctx, args) => { … }`.',
  );
}

/** Adds who signs in, as `ctx` tells it. */
function addCaller(module: Module, types: TypePrinter, { user, session }: AuthSettings): void {
  const row = (columns: ReadonlyMap<string, Column>) =>
    typeBody(
      Array.from(columns, ([name, column]) => property(name, types.value(column, "reader"))),
      { expand: true },
    );
  module.add(ts`export interface User ${row(user)}`, "Who is signed in: `$user`, `ctx.user`.");
  module.add(
    ts`export interface Session ${row(session)}`,
    "The session of who is signed in: `$session`, `ctx.session`.",
  );
}

function tableType(types: TypePrinter, table: Table): Code {
  const columns = [...withoutSecrets(table).columns.values()];
  const relations = [...table.relations.values()].map((relation) => property(relation.name, relationType(relation)));
  return typeBody(
    [
      property(
        "row",
        typeBody(
          columns.map((column) =>
            property(column.name, types.value(column, "reader"), { optional: column.read !== undefined }),
          ),
        ),
      ),
      property(
        "insert",
        typeBody(
          columns.flatMap((column) =>
            column.version || column.computed
              ? []
              : property(column.name, types.value(column, "caller"), { optional: isOptional(column) }),
          ),
        ),
      ),
      property("relations", typeBody(relations)),
      ...(table.conditions.size > 0 ? [property("conditions", literals([...table.conditions.keys()]))] : []),
      ...(table.searchable.length > 0 ? [property("search", scalar(true))] : []),
    ],
    { expand: true },
  );
}

function hasDefault(argument: Argument): boolean {
  return argument.default !== undefined;
}

/** Whether an insert may leave a column out. */
function isOptional(column: Column): boolean {
  return column.nullable || column.default !== undefined;
}

function relationType(relation: Relation): Code {
  const members = [property("table", scalar(relation.to.name)), property("kind", scalar(relation.kind))];
  if (relation.kind === "one") members.push(property("optional", scalar(relation.optional)));
  return typeBody(members);
}

function operationType(types: TypePrinter, operation: Operation, hasAuth: boolean): Code {
  const orNobody = operation.auth === "public" ? " | undefined" : "";
  const isTold = hasAuth && operation.body.kind === "handler";
  const row = operationRow(operation);
  const filledIn = operation.body.kind === "handler" && [...operation.args.values()].some(hasDefault);
  return typeBody(
    [
      property("args", types.args(operation, "caller")),
      ...(filledIn ? [property("received", types.args(operation, "receiver"))] : []),
      property("result", types.result(operation, row ? types.row(row) : raw("never"))),
      property("errors", literals([...operation.errors.keys()])),
      ...(isTold ? [property("user", raw(`User${orNobody}`)), property("session", raw(`Session${orNobody}`))] : []),
    ],
    { expand: true },
  );
}
