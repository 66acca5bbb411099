import type { App } from "../ir/app.ts";
import type { Enum, Type } from "../ir/type.ts";
import { type Change, change, inNew, inOld } from "./change.ts";
import { pair } from "./pairs.ts";

/** Members are told once, where the enum stands, for all that hold or take them. */
export function enumChanges(before: App, after: App): readonly Change[] {
  const { removed, added, kept } = pair(before.enums, after.enums);
  return [
    ...removed.map((old) => change("enum/removed", old.name, inOld(old), [old.name])),
    ...added.map((now) => change("enum/added", now.name, inNew(now), [now.name])),
    ...kept.flatMap(([old, now]) => [...goneMembers(old, now, before), ...newMembers(old, now)]),
  ];
}

function newMembers(before: Enum, after: Enum): readonly Change[] {
  return after.members.flatMap((member, index) => {
    if (before.members.includes(member)) return [];
    const at = inNew({ place: after.place.at(index) });
    return [change("enum/member-added", `${after.name}.${member}`, at, [member, after.name])];
  });
}

function goneMembers(before: Enum, after: Enum, app: App): readonly Change[] {
  const columns = holdingColumns(app, before);
  const operations = takingOperations(app, before);
  return before.members.flatMap((member, index) => {
    if (after.members.includes(member)) return [];
    const at = inOld({ place: before.place.at(index) });
    const subject = `${before.name}.${member}`;
    if (columns.length === 0 && operations.length === 0)
      return [change("enum/member-removed", subject, at, [member, before.name])];
    return [
      ...(columns.length > 0 ? [change("enum/member-dropped", subject, at, [member, before.name, columns])] : []),
      ...(operations.length > 0 ? [change("enum/member-refused", subject, at, [member, before.name, operations])] : []),
    ];
  });
}

function holdingColumns({ tables }: App, of: Enum): readonly string[] {
  return [...tables.values()].flatMap(({ name: table, columns }) =>
    [...columns.values()].filter(({ type }) => holds(type, of)).map(({ name }) => `${table}.${name}`),
  );
}

function takingOperations({ operations }: App, of: Enum): readonly string[] {
  return [...operations.values()]
    .filter(({ args }) => [...args.values()].some(({ type }) => holds(type, of)))
    .map(({ name }) => name);
}

/** Whether a value of the type may hold a member, at any depth. */
function holds(type: Type, of: Enum): boolean {
  if (type.kind === "array") return holds(type.items.type, of);
  if (type.kind === "object") return [...type.properties.values()].some((property) => holds(property.type, of));
  return type.kind === "enum" && type.enum === of;
}
