import type { Lowering } from "./draft.ts";
import { lowerText } from "./texts.ts";
import { builtInTypes } from "./types.ts";

/** Fills `lowering.enums`; members unescaped. */
export function lowerEnums(lowering: Lowering): void {
  const { manifest, enums } = lowering;
  for (const [name, { value, place }] of manifest.enums) {
    const members = new Set<string>();
    for (const [index, written] of value.entries()) {
      const member = lowerText(written, place.at(index), lowering);
      if (member !== undefined) members.add(member);
    }
    enums.set(name, { name, members: [...members], place });
  }
}

/** Says which reusable types are called like an enum or like a type of the language. */
export function checkTypeNames({ manifest, report }: Lowering): void {
  for (const [name, { place }] of manifest.types) {
    const other = manifest.enums.get(name);
    if (builtInTypes.has(name)) report("type/built-in", place, [name], { at: "key" });
    if (other) {
      const related = [{ message: `The enum "${name}" is declared here.`, place: other.place }];
      report("name/meet", place, [name, name], { at: "key", related });
    }
  }
}
