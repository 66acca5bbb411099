import type { Shape } from "./shape.ts";

/** Rewrites one value that is neither null nor absent. */
export type Convert = (value: never) => unknown;

/** Rewrites a value of a shape; what it was given may be changed, so it must be the caller's own. */
export type Rewrite = (value: unknown) => unknown;

/**
 * A codec that changes JSON in place. What `leaf` says of a shape decides; arrays and objects are walked only where something
 * below them changes, so a shape without such leaves costs nothing. What a shape needs is worked out once and kept with it.
 *
 * @param leaf the change for a shape that is a name; undefined where the value stays as it is
 * @returns the rewrite for a shape; undefined where no value of it changes
 */
export function inPlace(leaf: (shape: Shape) => Convert | undefined): (shape: Shape) => Rewrite | undefined {
  const known = new WeakMap<object, Rewrite | null>();

  function rewriteOf(shape: Shape): Rewrite | undefined {
    if (typeof shape === "string") return orNull(leaf(shape));
    let rewrite = known.get(shape);
    if (rewrite === undefined) {
      rewrite = build(shape) ?? null;
      known.set(shape, rewrite);
    }
    return rewrite ?? undefined;
  }

  function build(shape: Exclude<Shape, string>): Rewrite | undefined {
    if ("array" in shape) return items(rewriteOf(shape.array));
    if ("object" in shape) return properties(shape.object, rewriteOf);
    return orNull(leaf(shape));
  }

  return rewriteOf;
}

function orNull(convert: Convert | undefined): Rewrite | undefined {
  return convert && ((value) => (value === null || value === undefined ? value : convert(value as never)));
}

function items(rewrite: Rewrite | undefined): Rewrite | undefined {
  if (rewrite === undefined) return undefined;
  return (value) => {
    if (Array.isArray(value))
      for (let index = 0; index < value.length; index += 1) value[index] = rewrite(value[index]);
    return value;
  };
}

function properties(
  shapes: { readonly [property: string]: Shape },
  rewriteOf: (shape: Shape) => Rewrite | undefined,
): Rewrite | undefined {
  const changing: [string, Rewrite][] = [];
  for (const [name, shape] of Object.entries(shapes)) {
    const rewrite = rewriteOf(shape);
    if (rewrite) changing.push([name, rewrite]);
  }
  if (changing.length === 0) return undefined;
  return (value) => {
    if (typeof value !== "object" || value === null) return value;
    const object = value as Record<string, unknown>;
    for (const [name, rewrite] of changing) if (Object.hasOwn(object, name)) object[name] = rewrite(object[name]);
    return value;
  };
}
