import { beforeAll, describe, expect, test } from "vitest";
import { Memory } from "./database.ts";
import { appOf } from "./manifest.ts";

/* Conditions over what stands in JSON, against rows with every way for something not to be there. */

const app = appOf(`
enums: { Kind: [hut, tent] }
tables:
  places:
    columns:
      id: integer
      limit: integer
      tags: { type: array, items: string, nullable: true }
      scores: { type: array, items: integer?, default: [] }
      prices: { type: array, items: { type: decimal, scale: 2 }, default: [] }
      visits: { type: array, items: timestamp, default: [] }
      bigs: { type: array, items: bigint, default: [] }
      grid: { type: array, items: { type: array, items: integer }, default: [] }
      beds: { type: array, items: { type: object, properties: { size: integer, name: string?, kind: Kind, extras: { type: array, items: string } } }, default: [] }
      settings:
        type: object
        nullable: true
        properties:
          public: boolean
          guests: integer?
          fee: { type: decimal, scale: 2, nullable: true, optional: true }
          openedAt: timestamp?
          serial: bigint?
          day: date?
          address: { type: object, nullable: true, optional: true, properties: { city: string, lines: { type: array, items: string } } }
          not: boolean?
      data: json?
queries:
  includes: { args: { tags: { type: array, items: string } }, list: places, where: { tags: { includes: $args.tags } }, select: [id] }
  includesThese: { list: places, where: { tags: { includes: [a, b] } }, select: [id] }
  includesNothing: { list: places, where: { tags: { includes: [] } }, select: [id] }
  includesNot: { list: places, where: { not: { tags: { includes: [a] } } }, select: [id] }
  includesMixed: { args: { tag: string, other: string? }, list: places, where: { tags: { includes: [a, $args.tag, $args.other?] } }, select: [id] }
  includesNull: { list: places, where: { scores: { includes: [null] } }, select: [id] }
  includesAny: { args: { tags: { type: array, items: string, optional: true } }, list: places, where: { tags: { includesAny: $args.tags? } }, select: [id] }
  includesAnyOf: { list: places, where: { tags: { includesAny: [b, c] } }, select: [id] }
  includesAnyOfNothing: { list: places, where: { tags: { includesAny: [] } }, select: [id] }
  length: { list: places, where: { tags: { length: 2 } }, select: [id] }
  longer: { args: { than: integer }, list: places, where: { tags: { length: { gt: $args.than } } }, select: [id] }
  lengthNot: { list: places, where: { tags: { length: { ne: 2 } } }, select: [id] }
  lengthLimit: { list: places, where: { tags: { length: { lt: { column: limit } } } }, select: [id] }
  someScore: { list: places, where: { scores: { some: { gte: 3, lt: 5 } } }, select: [id] }
  someNull: { list: places, where: { scores: { some: null } }, select: [id] }
  someLimit: { list: places, where: { scores: { some: { column: limit } } }, select: [id] }
  everyTag: { list: places, where: { tags: { every: { startsWith: a } } }, select: [id] }
  noTag: { list: places, where: { tags: { none: { contains: B, caseSensitive: false } } }, select: [id] }
  isNull: { list: places, where: { tags: null }, select: [id] }
  price: { args: { least: { type: decimal, scale: 2 } }, list: places, where: { prices: { some: { gte: $args.least } } }, select: [id] }
  prices: { args: { all: { type: array, items: { type: decimal, scale: 2 } } }, list: places, where: { prices: { includes: $args.all } }, select: [id] }
  visited: { args: { since: timestamp }, list: places, where: { visits: { some: { gte: $args.since } } }, select: [id] }
  visits: { args: { all: { type: array, items: timestamp } }, list: places, where: { visits: { includes: $args.all } }, select: [id] }
  big: { args: { big: bigint }, list: places, where: { bigs: { some: { gt: $args.big } } }, select: [id] }
  bigs: { list: places, where: { bigs: { includes: ["9007199254740993"] } }, select: [id] }
  grid: { list: places, where: { grid: { some: { every: { gt: 2 } } } }, select: [id] }
  bed: { args: { size: integer, kind: Kind? }, list: places, where: { beds: { some: { size: { gte: $args.size }, kind: $args.kind?, name: null } } }, select: [id] }
  bedEither: { list: places, where: { beds: { some: [{ size: 9 }, { extras: { includes: [sea] } }] } }, select: [id] }
  anyBed: { list: places, where: { beds: { some: {} } }, select: [id] }
  public: { list: places, where: { settings: { public: true } }, select: [id] }
  notPublic: { list: places, where: { not: { settings: { public: true } } }, select: [id] }
  settings: { list: places, where: { settings: { guests: { gt: 2 }, any: [{ public: false }, { fee: { lt: "2.50" } }] } }, select: [id] }
  noFee: { list: places, where: { settings: { fee: null } }, select: [id] }
  hasFee: { list: places, where: { settings: { fee: { isNull: false } } }, select: [id] }
  fees: { list: places, where: { settings: { fee: { in: ["2.50", null] } } }, select: [id] }
  opened: { list: places, where: { settings: { openedAt: { lt: $now } } }, select: [id] }
  openedAt: { list: places, where: { settings: { openedAt: 2026-01-01T01:00:00+01:00 } }, select: [id] }
  today: { list: places, where: { settings: { day: { lte: $now } } }, select: [id] }
  serial: { args: { serial: bigint }, list: places, where: { settings: { serial: $args.serial } }, select: [id] }
  city: { args: { city: string? }, list: places, where: { settings: { address: { city: { startsWith: $args.city? } } } }, select: [id] }
  line: { list: places, where: { settings: { address: { lines: { includesAny: [x] } } } }, select: [id] }
  propertyNot: { list: places, where: { settings: { not: true } }, select: [id] }
  crowded: { list: places, where: { limit: { lt: { column: settings.guests } } }, select: [id] }
  room: { list: places, where: { settings: { guests: { lte: { column: limit } } } }, select: [id] }
  noSettings: { list: places, where: { settings: { isNull: true } }, select: [id] }
  wish: { args: { wish: { type: object, properties: { tags: { type: array, items: string }, far: boolean } } }, list: places, where: { $args.wish: { far: true, tags: { length: 1 } } }, select: [id] }
  idOrLimit: { list: places, where: { id: { in: [{ column: limit }, 4] } }, select: [id] }
`);

const rows = [
  {
    id: 1,
    limit: 3,
    tags: '["a","ab"]',
    scores: "[1,null,4]",
    prices: '["-0.05","12.30"]',
    visits: '["2026-01-01T00:00:00.000Z"]',
    bigs: '["9007199254740993","-1"]',
    grid: "[[1,5],[3,4]]",
    beds: '[{"size":2,"kind":"hut","extras":["sea"]},{"size":1,"name":"x","kind":"tent","extras":[]}]',
    settings:
      '{"public":true,"guests":4,"fee":"2.50","openedAt":"2026-01-01T00:00:00.000Z","serial":"9007199254740993","day":"2026-01-02","address":{"city":"Rome","lines":["x","y"]},"not":true}',
  },
  {
    id: 2,
    limit: 4,
    tags: '["b","a"]',
    scores: "[4]",
    prices: '["12.29"]',
    visits: '["2025-12-31T23:59:59.999Z","2026-05-01T00:00:00.000Z"]',
    bigs: '["9007199254740992"]',
    grid: "[]",
    beds: '[{"size":1,"name":null,"kind":"tent","extras":["garden"]}]',
    settings: '{"public":false,"guests":3,"fee":null,"openedAt":"2026-06-01T00:00:00.000Z","day":"2026-01-03"}',
  },
  {
    id: 3,
    limit: 0,
    tags: "[]",
    scores: "[]",
    prices: "[]",
    visits: "[]",
    bigs: "[]",
    grid: "[[]]",
    beds: "[]",
    settings: '{"public":true,"address":null}',
  },
  {
    id: 4,
    limit: 9,
    tags: null,
    scores: "[null]",
    prices: "[]",
    visits: "[]",
    bigs: "[]",
    grid: "[[2,3]]",
    beds: "[]",
    settings: null,
  },
];

const memory = new Memory(app);
beforeAll(() => memory.fill("places", rows));

async function found(name: string, args = {}): Promise<readonly number[]> {
  const result: readonly { readonly id: number }[] = await memory.call(app.operations.get(name)!, args);
  return result.map(({ id }) => id);
}

describe("elements of a list", () => {
  test.each<[string, object, number[]]>([
    ["includes", { tags: ["a"] }, [1, 2]],
    ["includes", { tags: ["b", "a"] }, [2]],
    ["includes", { tags: [] }, [1, 2, 3]],
    ["includesThese", {}, [2]],
    ["includesNothing", {}, [1, 2, 3]],
    ["includesNot", {}, [3, 4]],
    ["includesMixed", { tag: "b" }, [2]],
    ["includesMixed", { tag: "a", other: "ab" }, [1]],
    ["includesNull", {}, [1, 4]],
    ["includesAny", { tags: ["b", "ab", "z"] }, [1, 2]],
    ["includesAny", { tags: [] }, []],
    ["includesAny", {}, [1, 2, 3, 4]],
    ["includesAnyOf", {}, [2]],
    ["includesAnyOfNothing", {}, []],
    ["length", {}, [1, 2]],
    ["longer", { than: 0 }, [1, 2]],
    ["lengthNot", {}, [3, 4]],
    ["lengthLimit", {}, [1, 2]],
    ["someScore", {}, [1, 2]],
    ["someNull", {}, [1, 4]],
    ["someLimit", {}, [2]],
    ["everyTag", {}, [1, 3, 4]],
    ["noTag", {}, [3, 4]],
    ["isNull", {}, [4]],
    ["grid", {}, [1, 3]],
    ["bed", { size: 1 }, [1, 2]],
    ["bed", { size: 1, kind: "tent" }, [2]],
    ["bedEither", {}, [1]],
    ["anyBed", {}, [1, 2]],
    ["idOrLimit", {}, [4]],
  ])("%s %o", async (name, args, ids) => expect(await found(name, args)).toEqual(ids));
});

describe("values in wire form", () => {
  test.each<[string, object, number[]]>([
    ["price", { least: "12.30" }, [1]],
    ["price", { least: "-0.05" }, [1, 2]],
    ["prices", { all: ["12.30", "-0.05"] }, [1]],
    ["visited", { since: "2026-01-01T00:00:00Z" }, [1, 2]],
    ["visits", { all: ["2026-01-01T00:59:59.999+01:00"] }, [2]],
    ["big", { big: "9007199254740992" }, [1]],
    ["bigs", {}, [1]],
    ["serial", { serial: "9007199254740993" }, [1]],
    ["serial", { serial: "9007199254740992" }, []],
    ["openedAt", {}, [1]],
    ["opened", {}, [1]],
    ["today", {}, [1]],
    ["fees", {}, [1, 2, 3, 4]],
  ])("%s %o", async (name, args, ids) => expect(await found(name, args)).toEqual(ids));
});

describe("properties", () => {
  test.each<[string, object, number[]]>([
    ["public", {}, [1, 3]],
    ["notPublic", {}, [2, 4]],
    ["settings", {}, [2]],
    ["noFee", {}, [2, 3, 4]],
    ["hasFee", {}, [1]],
    ["city", { city: "Ro" }, [1]],
    ["city", {}, [1, 2, 3, 4]],
    ["line", {}, [1]],
    ["propertyNot", {}, [1]],
    ["crowded", {}, [1]],
    ["room", {}, [2]],
    ["noSettings", {}, [4]],
    ["wish", { wish: { far: true, tags: ["x"] } }, [1, 2, 3, 4]],
    ["wish", { wish: { far: true, tags: [] } }, []],
  ])("%s %o", async (name, args, ids) => expect(await found(name, args)).toEqual(ids));
});
