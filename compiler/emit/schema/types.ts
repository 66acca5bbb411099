import type { App } from "../../ir/app.ts";
import { withoutSecrets } from "../../ir/secrets.ts";
import { builtInTypes } from "../../ir/types.ts";
import { offer, type Schema } from "./offer.ts";

/** Types that say nothing without their long form. */
const longOnly = new Set(["array", "object"]);

/**
 * The names that stand where a type does, each with `?` too.
 *
 * @returns what to add to the schemas of types, by their names under `$defs`
 */
export function typeOffers({ enums, types, tables }: App): { readonly [name: string]: Schema } {
  const declared = [...enums.keys(), ...types.keys()];
  const short = [...builtInTypes].filter((name) => !longOnly.has(name)).concat(declared);
  const declaredTables = [...tables.values()].filter(({ junctionOf }) => junctionOf === undefined);
  const columns = declaredTables
    .map(withoutSecrets)
    .flatMap(({ name, columns }) => Array.from(columns.keys(), (column) => `${name}.${column}`));
  const either = (names: readonly string[]): Schema => offer(names.flatMap((name) => [name, `${name}?`]));
  return {
    type: either([...builtInTypes, ...declared]),
    column: either(short),
    valueType: either(short),
    propertyType: either(short),
    argumentType: either([...short, ...columns]),
  };
}
