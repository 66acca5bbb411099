import type { OperationManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import { lowerConstant } from "./constants.ts";
import type { Lowering } from "./draft.ts";
import { pageArguments } from "./names.ts";
import type { Argument } from "./operation.ts";
import type { ArgumentUses, Purpose } from "./scopes.ts";
import { lowerType } from "./types.ts";

/** The arguments of an operation, and what its body does with them. */
export interface OperationArguments extends ArgumentUses {
  readonly declared: Map<string, Argument | undefined>;
  /** names of those that are used */
  readonly used: ReadonlySet<string>;
  readonly purposes: readonly { readonly path: readonly string[]; readonly purpose: Purpose }[];
}

/** Lowers `args`; `input` adds its own later. */
export function lowerArguments(lowering: Lowering, manifest: OperationManifest, place: Place): OperationArguments {
  const declared = new Map<string, Argument | undefined>();
  const used = new Set<string>();
  const purposes: { path: readonly string[]; purpose: Purpose }[] = [];
  for (const [name, written] of Object.entries(manifest.args ?? {})) {
    const at = place.at("args").at(name);
    if (manifest.page !== undefined && pageArguments.has(name))
      lowering.report("argument/reserved", at, [name], { at: "key" });
    declared.set(name, lowerArgument(lowering, name, written, at));
  }
  return {
    declared,
    used,
    purposes,
    use(path, purpose) {
      used.add(path[0]!);
      if (purpose) purposes.push({ path, purpose });
    },
  };
}

function lowerArgument(
  lowering: Lowering,
  name: string,
  written: NonNullable<OperationManifest["args"]>[string],
  place: Place,
): Argument | undefined {
  const use = lowerType(lowering, written, place);
  if (!use) return;
  const { type, nullable, description } = use;
  const fallback = use.default && lowerConstant(use.default.value, { type, nullable }, use.default.place, lowering);
  if (use.default && fallback === undefined) return;
  return {
    name,
    type,
    nullable,
    optional: use.optional || nullable || fallback !== undefined,
    ...(fallback !== undefined && { default: fallback }),
    ...(description !== undefined && { description }),
    place,
  };
}
