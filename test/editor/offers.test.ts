import { describe, expect, test } from "vitest";
import { check } from "../../compiler/compile.ts";
import { projectSchema } from "../../compiler/emit/schema/schema.ts";

/* Every name that the schema of a project offers compiles in the place where it is offered. */

// biome-ignore lint/suspicious/noExplicitAny: a schema of any shape, walked by its paths
type Node = any;

const manifest = {
  appflare: 1,
  name: "offers",
  defaults: { auth: "public" },
  limits: { reading: { requests: 10, seconds: 60 }, writing: { requests: 1, seconds: 7, exact: true } },
  enums: { Status: ["open", "$$5"], Color: ["red"] },
  types: {
    Slug: { type: "string", maxLength: 9 },
    Point: { type: "object", properties: { x: "number", at: "date?" } },
  },
  tables: {
    users: { columns: { id: "uuid", name: "string", tags: { type: "array", items: "string" } } },
    tasks: {
      columns: {
        id: "integer",
        title: "Slug",
        status: { type: "Status", default: "open" },
        color: "Color?",
        done: { type: "boolean", default: false },
        points: "integer?",
        price: "decimal",
        big: "bigint?",
        ratio: "number",
        dueOn: "date?",
        createdAt: { type: "timestamp", default: "now" },
        spot: "Point?",
        extra: "json?",
        file: "bytes?",
      },
      relations: {
        owner: { one: "users", optional: true },
        parent: { one: "tasks", optional: true },
        children: { many: "tasks" },
        watchers: { manyToMany: "users" },
      },
      conditions: { isOpen: { status: "open" } },
    },
  },
  queries: {
    "tasks/list": {
      args: {
        text: "string",
        status: "Status?",
        color: "Color?",
        ids: { type: "array", items: "integer" },
        many: "integer",
        few: "integer?",
        price: "decimal?",
        when: "timestamp?",
        at: "Point",
        flag: "boolean?",
      },
      list: "tasks",
      rateLimit: "reading",
      where: {
        all: ["isOpen", { id: { in: "$args.ids" } }],
        title: "$args.text",
        status: "$args.status?",
        color: "$args.color?",
        points: { gt: "$args.many", lt: "$args.few?" },
        price: "$args.price?",
        createdAt: "$args.when?",
        ratio: "$args.at.x",
        dueOn: "$args.at.at?",
        done: "$args.flag?",
      },
    },
  },
  mutations: {
    "tasks/edit": {
      args: { id: "integer", text: "string", at: "Point?", n: "integer?" },
      update: "tasks",
      where: { id: "$args.id", title: "$args.text" },
      set: { spot: "$args.at?", points: "$args.n?" },
    },
    "tasks/add": {
      args: { text: "string", at: "Point?", n: "integer?", tags: { type: "array", items: "string" } },
      insert: "tasks",
      rateLimit: "writing",
      values: { title: "$args.text", spot: "$args.at?", points: "$args.n?", extra: "$args.tags", price: "1", ratio: 1 },
    },
  },
};

/** Mistakes that a part has by being no more than a part. */
const partial = new Set([
  "argument/unused",
  "condition/unused",
  "write/missing-column",
  "write/nothing-set",
  "write/no-where",
  "index/repeated",
  "index/missing",
  "index/missing-relation",
  "limit/unused",
]);

function checked(changed: object) {
  return check("appflare.yaml", () => Buffer.from(JSON.stringify(changed)));
}

function mistakes(change: (manifest: Node) => void): string[] {
  const changed = structuredClone(manifest);
  change(changed);
  const { diagnostics } = checked(changed);
  return diagnostics.filter(({ code }) => !partial.has(code)).map(({ code, message }) => `${code}: ${message}`);
}

const { app, diagnostics } = checked(manifest);
const schema = projectSchema(app!) as Node;
const defs: Node = schema.$defs;
const resolved = (node: Node): Node => (node?.$ref ? { ...node, ...defs[node.$ref.slice("#/$defs/".length)] } : node);
const offered = (node: Node): Node[] => resolved(node)?.anyOf?.[0]?.enum ?? [];
const long = (node: Node): Node => resolved(node)?.anyOf?.at(-1)?.properties ?? {};

const list = (part: object) => (changed: Node) => {
  changed.queries.tried = { list: "tasks", ...part };
};
const update = (part: object) => (changed: Node) => {
  changed.mutations.tried = { update: "tasks", all: true, ...part };
};

/** Everything that is offered somewhere, with what the manifest is when it is taken. */
function* offers(): Generator<readonly [string, (manifest: Node) => void]> {
  for (const verb of ["list", "page"])
    for (const table of offered(defs[verb])) {
      yield [`${verb} ${table}`, (changed) => Object.assign(changed.queries, { tried: { [verb]: table } })];
    }
  for (const verb of ["update", "delete", "insert"])
    for (const table of offered(defs[verb])) {
      const rest = verb === "update" ? { all: true, set: {} } : verb === "delete" ? { all: true } : {};
      yield [`${verb} ${table}`, (changed) => Object.assign(changed.mutations, { tried: { [verb]: table, ...rest } })];
    }
  for (const name of offered(defs["rateLimit"])) yield [`rateLimit ${name}`, list({ rateLimit: name })];
  for (const name of offered(defs["limitName"]))
    yield [`defaults ${name}`, (changed) => Object.assign(changed.defaults, { rateLimit: name })];
  for (const name of offered(defs["tasks.columns"].items)) {
    yield [`select ${name}`, list({ select: [name] })];
    yield [`returns ${name}`, update({ set: { done: true }, returns: [name] })];
  }
  for (const name of offered(defs["tasks.changes"].items)) yield [`input ${name}`, update({ input: [name] })];
  for (const term of offered(defs["tasks.order"].items)) yield [`orderBy ${term}`, list({ orderBy: [term] })];
  for (const [name, relation] of Object.entries(defs["tasks.with"].properties)) {
    yield [`with ${name}`, list({ with: { [name]: true } })];
    for (const key of Object.keys(long(relation)))
      yield [`with ${name} ${key}`, list({ with: { [name]: { [key]: nestedValues[key] } } })];
  }
  yield* conditions("tasks.condition", (where) => list({ where }));
  yield* conditions("tasks.literals", (where) => (changed) => {
    changed.tables.tasks.indexes = [{ columns: ["title"], where }];
  });
  yield* values("tasks.set", (set) => update({ set }));
  yield* values("tasks.values", (values) => (changed) => {
    changed.mutations.tried = { insert: "tasks", values };
  });
  for (const name of offered(defs.column))
    yield [`column ${name}`, (changed) => (changed.tables.users.columns.tried = name)];
  for (const name of offered(defs.propertyType)) {
    const properties = { tried: name };
    yield [`property ${name}`, (changed) => (changed.tables.users.columns.tried = { type: "object", properties })];
  }
  for (const name of offered(defs.type)) {
    const rest = {
      ...(/^array/.test(name) && { items: "string" }),
      ...(/^object/.test(name) && { properties: { a: "string" } }),
    };
    yield [`type ${name}`, (changed) => (changed.tables.users.columns.tried = { type: name, ...rest })];
  }
  for (const name of offered(defs.argumentType)) {
    yield [`argument ${name}`, (changed) => (changed.queries["tasks/list"].args.tried = name)];
  }
  for (const kind of ["one", "many", "manyToMany"])
    for (const name of offered(defs[kind])) {
      yield [`${kind} ${name}`, (changed) => withRelation(changed, kind, name)];
    }
  yield* declared();
  yield* args();
}

const nestedValues: Node = { select: ["id"], where: {}, with: {}, orderBy: ["id"], limit: 1, offset: 1 };

/** A new table with a relation, and the other end where one is needed. */
function withRelation(changed: Node, kind: string, to: string): void {
  changed.tables.tried = { columns: { id: "uuid" }, relations: { far: { [kind]: to } } };
  if (kind === "many")
    changed.tables[to].relations = { ...changed.tables[to].relations, back: { one: "tried", optional: true } };
}

function* conditions(name: string, at: (where: Node) => (manifest: Node) => void): ReturnType<typeof offers> {
  for (const named of offered(defs[name])) yield [`${name} ${named}`, at(named)];
  for (const [key, node] of Object.entries(defs[name].properties) as [string, Node][]) {
    for (const value of offered(node)) yield [`${name} ${key}: ${value}`, at({ [key]: value })];
    for (const [operator, operand] of Object.entries(long(node))) {
      const isList = operator === "in" || operator === "notIn";
      const choices = isList ? offered((operand as Node).items).map((one) => [one]) : offered(operand);
      const beside = operator === "caseSensitive" ? { contains: "a" } : {};
      const kept = isList || operator === "eq" ? [...choices, ...offered(operand)] : choices;
      for (const value of kept)
        yield [`${name} ${key} ${operator}: ${value}`, at({ [key]: { ...beside, [operator]: value } })];
    }
    if (["all", "any"].includes(key)) yield [`${name} ${key}`, at({ [key]: [] })];
    else if (app!.tables.get("tasks")!.relations.has(key)) {
      const quantifiers = Object.keys(node.properties ?? {});
      if (quantifiers.length === 0) yield [`${name} ${key}`, at({ [key]: {} })];
      for (const quantifier of quantifiers) yield [`${name} ${key} ${quantifier}`, at({ [key]: { [quantifier]: {} } })];
    }
  }
}

function* values(name: string, at: (values: Node) => (manifest: Node) => void): ReturnType<typeof offers> {
  for (const [key, node] of Object.entries(defs[name].properties) as [string, Node][]) {
    for (const value of offered(node)) yield [`${name} ${key}: ${value}`, at({ [key]: value })];
    for (const [change, operand] of Object.entries(long(node)))
      for (const by of [1, ...offered(operand)]) {
        const number = key === "price" && by === 1 ? "1.00" : by;
        yield [`${name} ${key} ${change} ${by}`, at({ [key]: { [change]: number } })];
      }
  }
}

/** What is offered within `tables`. */
function* declared(): ReturnType<typeof offers> {
  const own = defs["tasks.table"].properties;
  for (const [name, column] of Object.entries(own.columns.properties) as [string, Node][])
    for (const value of offered(column.properties.default))
      yield [
        `default of ${name}: ${value}`,
        (changed) => {
          const { columns } = changed.tables.tasks;
          columns[name] =
            typeof columns[name] === "string"
              ? { type: columns[name], default: value }
              : { ...columns[name], default: value };
        },
      ];
  for (const name of offered(own.primaryKey.items))
    yield [`key ${name}`, (changed) => (changed.tables.tried = { columns: { [name]: "string" }, primaryKey: [name] })];
  for (const name of offered(own.indexes.items.items))
    yield [`index ${name}`, (changed) => (changed.tables.tasks.indexes = [[name]])];
}

/** What is offered in operations that have arguments. */
function* args(): ReturnType<typeof offers> {
  const at = (section: string, name: string, key: string) => (value: Node) => (changed: Node) => {
    changed[section][name][key] = value;
  };
  yield* conditions("TasksList.condition", at("queries", "tasks/list", "where"));
  yield* conditions("TasksEdit.condition", at("mutations", "tasks/edit", "where"));
  const { limit, offset } = defs.TasksList.then.properties;
  for (const value of offered(limit)) yield [`limit ${value}`, at("queries", "tasks/list", "limit")(value)];
  for (const value of offered(offset)) yield [`offset ${value}`, at("queries", "tasks/list", "offset")(value)];
  defs.set = defs.TasksEdit.then.properties.set;
  defs.values = defs.TasksAdd.then.properties.values;
  yield* values("set", at("mutations", "tasks/edit", "set"));
  yield* values("values", at("mutations", "tasks/add", "values"));
}

describe("what the schema of a project offers", () => {
  test("is there", () => {
    expect(diagnostics).toEqual([]);
    const names = Array.from(offers(), ([name]) => name);
    expect(names.length).toBeGreaterThan(400);
    for (const some of [
      "list tasksWatchers",
      "tasks.condition isOpen",
      "tasks.condition status: $$5",
      "tasks.condition dueOn: $now",
      "TasksList.condition title: $args.text",
      "TasksList.condition id in: $args.ids",
      "TasksList.condition dueOn: $args.at.at?",
      "TasksEdit.condition id: $args.id",
      "limit $args.many",
      "rateLimit writing",
      "rateLimit false",
      "defaults reading",
      "set spot: $args.at?",
      "values extra: $args.tags",
      "argument tasks.title?",
      "column Point?",
    ])
      expect(names).toContain(some);
    expect(names).not.toContain("limit $args.few?");
    expect(names).not.toContain("TasksEdit.condition points: $args.n?");
  });

  test("compiles", () => {
    const refused = Array.from(offers(), ([name, change]) => [name, mistakes(change)] as const).filter(
      ([, said]) => said.length > 0,
    );
    expect(Object.fromEntries(refused)).toEqual({});
  });
});
