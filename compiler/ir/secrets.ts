import type { Lowering } from "./draft.ts";
import type { Report } from "./report.ts";
import type { Table } from "./table.ts";

/*
 * Tokens, passwords and codes of sign-in. While anything of an author's is lowered, these columns are in no table, so no way of naming one can be
 * forgotten; the App has them again, for the database and for those who sign people in.
 */

/** Takes secret columns out of all tables, when columns are known. */
export function hideSecrets({ unfinished }: Lowering): void {
  for (const { table } of unfinished.values())
    for (const [name, { secret }] of table.columns) if (secret) table.columns.delete(name);
}

/** Puts them back, each at its place. */
export function restoreSecrets({ unfinished }: Lowering): void {
  for (const { table, sources, lowered } of unfinished.values()) {
    if (![...lowered.values()].some((column) => column?.secret)) continue;
    table.columns.clear();
    for (const name of sources.keys()) {
      const column = lowered.get(name);
      if (column) table.columns.set(name, column);
    }
  }
}

/** A report that says of a secret column that it is one, instead of that there is none. */
export function tellingSecrets(report: Report, isSecret: (table: string, column: string) => boolean): Report {
  return (code, place, parameters, extras) => {
    if (code !== "reference/unknown-column") return report(code, place, parameters, extras);
    const [table, column] = parameters as readonly [string, string];
    if (!isSecret(table, column)) return report(code, place, parameters, extras);
    return report("auth/secret", place, [table, column], extras?.at && { at: extras.at });
  };
}

/** A table as those see it who are told no secrets. */
export function withoutSecrets<T extends Pick<Table, "columns">>(table: T): T {
  const { columns } = table;
  if (![...columns.values()].some(({ secret }) => secret)) return table;
  return { ...table, columns: new Map([...columns].filter(([, { secret }]) => !secret)) };
}
