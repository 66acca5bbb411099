import type { Argument } from "../../ir/operation.ts";
import type { Type, Value } from "../../ir/type.ts";

/** A reference as it is written, and what it stands for. */
export interface Reference extends Value {
  readonly text: string;
  /** written with `?` */
  readonly mayBeAbsent: boolean;
}

export const now: Reference = { text: "$now", type: { kind: "timestamp" }, nullable: false, mayBeAbsent: false };

/** What an operation's `$args` reaches: its arguments, and the properties of those that are objects. */
export function argumentReferences(args: Iterable<Argument>): readonly Reference[] {
  return Array.from(args, (argument) =>
    below(`$args.${argument.name}`, argument, argument.optional && argument.default === undefined),
  ).flat();
}

function below(path: string, { type, nullable }: Value, mayBeAbsent: boolean): readonly Reference[] {
  const self = { text: mayBeAbsent ? `${path}?` : path, type, nullable, mayBeAbsent };
  if (type.kind !== "object") return [self];
  const properties = [...type.properties].flatMap(([name, property]) =>
    below(`${path}.${name}`, property, mayBeAbsent || property.optional),
  );
  return [self, ...properties];
}

/** The texts of those references that fit a type. `$now` is a date, too. */
export function textsOf(
  references: readonly Reference[],
  type: Type,
  fits: (from: Type, to: Type) => boolean,
): readonly string[] {
  const fitting = references.filter((reference) =>
    reference === now ? type.kind === "timestamp" || type.kind === "date" : fits(reference.type, type),
  );
  return fitting.map(({ text }) => text);
}

/** Literals that are all that a type has; a text that begins with the sigil is written with two. */
export function literals(type: Type): readonly unknown[] {
  if (type.kind === "boolean") return [true, false];
  return type.kind === "enum" ? type.enum.members.map((text) => (text.startsWith("$") ? `$${text}` : text)) : [];
}
