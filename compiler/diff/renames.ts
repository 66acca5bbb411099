import { nearest } from "../diagnostics/suggest.ts";
import type { Operation } from "../ir/operation.ts";
import type { Column, Table } from "../ir/table.ts";

/*
 * What is gone and what is new may be one thing under two names. Nothing is concluded from that, but a hint says so.
 */

/** A new operation that looks like one that is gone. */
export function operationHint(gone: Operation, added: readonly Operation[]): string | undefined {
  const alike = added.filter(({ kind, body }) => kind === gone.kind && body.kind === gone.body.kind);
  const name = nearest(gone.name, namesOf(alike)) ?? onlyName(alike.filter((now) => hasSame(gone.args, now.args, 1)));
  return name && `Is it "${name}" now? Then keep both until no client calls the old one.`;
}

/** A new table that looks like one that is gone: it has a similar name, or most of the columns. */
export function tableHint(gone: Table, added: readonly Table[]): string | undefined {
  const alike = added.filter((now) => hasSame(gone.columns, now.columns, 0.6));
  return renamedHint(gone.name, nearest(gone.name, namesOf(added)) ?? onlyName(alike));
}

/** A new column that looks like one that is gone: of its type, with a similar name or none beside it. */
export function columnHint(gone: Column, added: readonly Column[]): string | undefined {
  const alike = added.filter(({ type }) => type.kind === gone.type.kind);
  return renamedHint(gone.name, nearest(gone.name, namesOf(alike)) ?? onlyName(alike));
}

const renamedHint = (before: string, after: string | undefined): string | undefined =>
  after && `Is it "${after}" now? Then \`renamedFrom: ${before}\` there keeps the data.`;

const namesOf = (things: readonly { readonly name: string }[]): readonly string[] => things.map(({ name }) => name);

const onlyName = (things: readonly { readonly name: string }[]): string | undefined =>
  things.length === 1 ? things[0]!.name : undefined;

/** Whether at least a share of the names of both is common to them. */
function hasSame(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>, share: number): boolean {
  const common = [...one.keys()].filter((name) => other.has(name)).length;
  return common > 0 && common >= share * Math.max(one.size, other.size);
}
