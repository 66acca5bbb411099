import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Condition, Operand } from "../../compiler/ir/condition.ts";
import type { Column, Table } from "../../compiler/ir/table.ts";
import type { Constant, Type } from "../../compiler/ir/type.ts";
import { conditionSql, indexCondition } from "../../compiler/plan/condition.ts";
import { readScope } from "../../compiler/plan/scope.ts";
import { Memory } from "./database.ts";
import {
  all,
  any,
  app,
  arg,
  col,
  column,
  compare,
  constant,
  index,
  list,
  many,
  manyToMany,
  not,
  one,
  operation,
  rows,
  table,
  type,
} from "./fixture.ts";
import { holds, type OracleRow, type Tables } from "./oracle.ts";

const plan = { kind: "enum", enum: { name: "Plan", members: ["free", "a b"], place: undefined as never } } as Type;

const teams = table("teams", [
  column("id", "integer"),
  column("name", "string"),
  column("plan", plan, { nullable: true }),
]);
const people = table("people", [
  column("id", "integer"),
  column("teamId", "integer", { sqlName: "team_id", nullable: true }),
  column("bossId", "integer", { sqlName: "boss_id", nullable: true }),
  column("name", "string"),
  column("nick", "string", { nullable: true }),
  column("age", "integer", { nullable: true }),
  column("big", "bigint", { nullable: true }),
  column("done", "boolean", { nullable: true }),
]);
const likes = table("likes", [
  column("id", "integer"),
  column("fromId", "integer", { sqlName: "from_id" }),
  column("toId", "integer", { sqlName: "to_id", nullable: true }),
]);
const team = one(people, "team", teams, ["teamId"]);
const boss = one(people, "boss", people, ["bossId"]);
many(team, "members");
many(boss, "reports");
manyToMany(one(likes, "from", people, ["fromId"]), one(likes, "to", people, ["toId"]), "likes");
(people.indexes as unknown[]).push(index("people_team", [people.columns.get("teamId")!]));

const texts = [
  "",
  "a",
  "A",
  "ab",
  "aB",
  "é",
  "É",
  "😀",
  "a😀b",
  "%",
  "_",
  "a%b",
  "it's",
  '"',
  "\\",
  "​",
  "\u{10ffff}",
  "zz",
];
const bigs = ["-9223372036854775808", "9223372036854775807", "9007199254740993", "9007199254740992", "123456789"];
const pools: { readonly [kind: string]: readonly Constant[] } = {
  string: texts,
  enum: ["free", "a b"],
  integer: [0, 1, 2, 3, -1, Number.MAX_SAFE_INTEGER],
  bigint: bigs,
  boolean: [true, false],
};

const value = (of: Column) => fc.constantFrom(...pools[of.type.kind]!);
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null, freq: 4 });

/** Arguments that were generated along the way, by name; those not sent are missing. */
type Args = Record<string, unknown>;
let counter = 0;

/** A value to compare a column with, and what to send for it. */
function operand(of: Column): fc.Arbitrary<readonly [Operand, Args]> {
  const fixed = orNull(value(of)).map((each): readonly [Operand, Args] => [constant(each, of.type), {}]);
  const sent = fc
    .record({ value: orNull(value(of)), optional: fc.boolean(), absent: fc.boolean() })
    .map(({ value, optional, absent }): readonly [Operand, Args] => {
      const name = `a${counter++}`;
      return [arg(name, { type: of.type, nullable: true }, optional), optional && absent ? {} : { [name]: value }];
    });
  const certain = value(of).map((each): readonly [Operand, Args] => {
    const name = `a${counter++}`;
    return [arg(name, { type: of.type, nullable: false }), { [name]: each }];
  });
  return fc.oneof(fixed, sent, certain);
}

type Case = readonly [Condition, Args];
const together = (cases: readonly Case[]): Args => Object.assign({}, ...cases.map(([, args]) => args));

function leaf(of: Table): fc.Arbitrary<Case> {
  return fc.constantFrom(...of.columns.values()).chain((own): fc.Arbitrary<Case> => {
    const left = col(own);
    const comparison = fc
      .tuple(fc.constantFrom("eq", "ne", "gt", "gte", "lt", "lte"), operand(own))
      .map(([op, [right, args]]): Case => [compare(left, op, right), args]);
    const listed = fc
      .tuple(
        fc.array(orNull(value(own)), { maxLength: 4 }),
        fc.boolean(),
        fc.constantFrom("constant", "argument", "absent"),
      )
      .map(([items, negated, how]): Case => {
        const of = { type: { kind: "array", items: { type: own.type, nullable: true } } as Type, nullable: false };
        if (how === "constant") return [{ kind: "in", left, list: constant(items, of), negated }, {}];
        const name = `a${counter++}`;
        return [{ kind: "in", left, list: arg(name, of, true), negated }, how === "absent" ? {} : { [name]: items }];
      });
    const nulls = fc.boolean().map((is): Case => [{ kind: "isNull", of: left, is: constant(is, type("boolean")) }, {}]);
    const nullsAsked = orNull(fc.boolean()).map((is): Case => {
      const name = `a${counter++}`;
      return [{ kind: "isNull", of: left, is: arg(name, { type: type("boolean"), nullable: true }) }, { [name]: is }];
    });
    const alike = [...of.columns.values()].filter((other) => other.type.kind === own.type.kind);
    const columns = fc
      .tuple(fc.constantFrom("eq", "ne", "gt", "lte"), fc.constantFrom(...alike))
      .map(([op, other]): Case => [compare(left, op, col(other)), {}]);
    if (own.type.kind !== "string") return fc.oneof(comparison, listed, nulls, nullsAsked, columns);
    const match = fc
      .tuple(fc.constantFrom("contains", "startsWith", "endsWith"), operand(own), fc.boolean())
      .map(([op, [right, args], caseSensitive]): Case => [{ kind: "match", left, op, right, caseSensitive }, args]);
    return fc.oneof(
      { weight: 1, arbitrary: comparison },
      { weight: 1, arbitrary: listed },
      { weight: 1, arbitrary: nulls },
      { weight: 3, arbitrary: match },
    );
  });
}

function condition(of: Table, depth: number): fc.Arbitrary<Case> {
  if (depth === 0) return leaf(of);
  const below = condition(of, depth - 1);
  const lists = fc
    .tuple(fc.constantFrom(all, any), fc.array(below, { maxLength: 3 }))
    .map(([word, cases]): Case => [word(...cases.map(([each]) => each)), together(cases)]);
  const negation = below.map(([each, args]): Case => [not(each), args]);
  const related = fc
    .constantFrom(...of.relations.values())
    .chain((relation) =>
      fc
        .tuple(fc.constantFrom("some", "every", "none"), fc.option(condition(relation.to, depth - 1)))
        .map(
          ([quantifier, inside]): Case => [
            { kind: "related", relation, quantifier, ...(inside && { of: inside[0] }) },
            inside?.[1] ?? {},
          ],
        ),
    );
  return fc.oneof(leaf(of), lists, negation, related);
}

const optionalId = (count: number) => fc.option(fc.integer({ min: 0, max: count - 1 }), { nil: null });
const tables: fc.Arbitrary<Tables> = fc
  .record({
    teams: fc.array(fc.record({ name: fc.constantFrom(...texts), plan: orNull(fc.constantFrom("free", "a b")) }), {
      minLength: 3,
      maxLength: 3,
    }),
    people: fc.array(
      fc.record({
        teamId: optionalId(3),
        bossId: optionalId(6),
        name: fc.constantFrom(...texts),
        nick: orNull(fc.constantFrom(...texts)),
        age: orNull(fc.constantFrom(0, 1, 2, 3)),
        big: orNull(fc.constantFrom(...bigs.map(BigInt))),
        done: orNull(fc.boolean()),
      }),
      { minLength: 6, maxLength: 6 },
    ),
    likes: fc.array(fc.record({ fromId: fc.integer({ min: 0, max: 5 }), toId: optionalId(6) }), {
      minLength: 1,
      maxLength: 8,
    }),
  })
  .map((each) =>
    Object.fromEntries(
      Object.entries(each).map(([name, list]) => [name, list.map((row, id) => ({ id, ...row }) as OracleRow)]),
    ),
  );

const everything = app(teams, people, likes);

function stored(of: Table, row: OracleRow) {
  return Object.fromEntries(
    Object.entries(row).map(([name, each]) => [
      of.columns.get(name)!.sqlName,
      typeof each === "boolean" ? Number(each) : each,
    ]),
  );
}

describe("conditions", () => {
  test("mean what the language says, whatever is null, absent, nested or negated", async () => {
    const memory = new Memory(everything);
    memory.sqlite.exec("PRAGMA foreign_keys = off");
    const property = fc.asyncProperty(tables, condition(people, 3), async (data, [where, args]) => {
      for (const of of [likes, people, teams]) {
        memory.sqlite.exec(`DELETE FROM ${of.sqlName}`);
        memory.fill(
          of.sqlName,
          data[of.name]!.map((row) => stored(of, row)),
        );
      }
      const shapes = shapesIn(where);
      const found = await memory.call(operation(list(rows(people, [], ["id"]), { where }), shapes), args);
      const expected = data.people!.filter((row) => holds(where, row, data, args) ?? true).map(({ id }) => ({ id }));
      expect(found).toEqual(expected);
    });
    await fc.assert(property, { numRuns: 1500 });
  }, 60_000);

  test("long lists stay shallow enough for D1", async () => {
    const memory = new Memory(everything);
    memory.fill("teams", [
      { id: 399, name: "x" },
      { id: 400, name: "x" },
    ]);
    const id = col(teams.columns.get("id")!);
    const where = any(...Array.from({ length: 400 }, (_, n) => compare(id, "eq", constant(n, type("integer")))));
    expect(await memory.call(operation(list(rows(teams, [], ["id"]), { where })))).toEqual([{ id: 399 }]);
    const sql = conditionSql(where, readScope(teams, { constants: "inline", eyes: { auth: "public" } })) as string;
    expect(longestChain(sql)).toBeLessThanOrEqual(16);
  });

  test("a long list of constants is one text", async () => {
    const memory = new Memory(everything);
    memory.fill("people", [
      { id: 1, name: "", big: 7n },
      { id: 2, name: "", big: 2n ** 63n - 1n },
    ]);
    const items = {
      type: { kind: "array", items: { type: type("bigint"), nullable: false } } as Type,
      nullable: false,
    };
    const values = [...Array.from({ length: 150 }, (_, n) => String(n + 1000)), "9223372036854775807"];
    const where: Condition = {
      kind: "in",
      left: col(people.columns.get("big")!),
      list: constant(values, items),
      negated: false,
    };
    expect(await memory.call(operation(list(rows(people, [], ["id"]), { where })))).toEqual([{ id: 2 }]);
    expect(memory.log.at(-1)!.sql).toContain("json_each('[");
  });

  test("an index's condition has no qualifiers", () => {
    const where = all(
      compare(col(teams.columns.get("plan")!), "eq", constant("a b", plan)),
      compare(col(teams.columns.get("name")!), "ne", constant("it's", type("string"))),
    );
    expect(indexCondition(where)).toBe(`("plan" = 'a b' AND "name" <> 'it''s')`);
  });
});

/** The arguments that a condition speaks of, with their types. */
function shapesIn(condition: Condition): Record<string, { type: Type; nullable: boolean; optional: boolean }> {
  const found: Record<string, { type: Type; nullable: boolean; optional: boolean }> = {};
  JSON.stringify(condition, (key, each) => {
    if (key === "relation" || key === "column") return undefined;
    if (each?.kind === "argument") found[each.path[0]] = { ...each.of, optional: each.optional };
    return each;
  });
  return found;
}

/** The most operands between two parentheses. */
function longestChain(sql: string): number {
  return Math.max(...sql.split(/[()]/).map((part) => part.split(" OR ").length));
}
