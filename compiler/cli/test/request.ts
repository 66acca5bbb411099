import type { Operation } from "../../ir/operation.ts";

/** A call of an operation, as it goes over the wire. */
export interface OperationRequest {
  readonly method: "GET" | "POST";
  /** begins with `/`; arguments of a query are in it */
  readonly path: string;
  readonly body?: string;
}

type Args = { readonly [name: string]: unknown };

/** @param args in wire form */
export function requestOf({ kind, name }: Pick<Operation, "kind" | "name">, args: Args): OperationRequest {
  if (kind === "query") return { method: "GET", path: queryPath(name, args) };
  return { method: "POST", path: `/mutations/${name}`, body: JSON.stringify(args) };
}

/** The path of a query with its arguments: texts, numbers and booleans as text, all else as JSON, null as the name alone. */
export function queryPath(name: string, args: Args): string {
  const pairs = Object.entries(args).map(([key, value]) =>
    value === null ? encodeURIComponent(key) : `${encodeURIComponent(key)}=${textOf(value)}`,
  );
  return `/queries/${name}${pairs.length > 0 ? `?${pairs.join("&")}` : ""}`;
}

function textOf(value: unknown): string {
  return encodeURIComponent(typeof value === "object" ? JSON.stringify(value) : String(value));
}
