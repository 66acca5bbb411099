import { type Code, raw, ts } from "../ts/code.ts";
import type { Module } from "../ts/module.ts";
import { templateText } from "../ts/string.ts";

/** SQL text as Drizzle takes it. */
export function sqlTemplate(module: Module, sql: string): Code {
  return ts`${module.value("sql", "drizzle-orm")}\`${raw(templateText(sql))}\``;
}
