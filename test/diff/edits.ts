/** A passage of base.yaml and what is written in its place. Every edit is read both ways. */
export interface Edit {
  readonly from: string;
  readonly to: string;
}

const edit = (from: string, to: string): Edit => ({ from, to });

/** Edits by what they are about. Together they make every kind of change. */
export const edits: { readonly [area: string]: readonly Edit[] } = {
  settings: [
    edit("name: shop", "name: market"),
    edit("name: shop\n", "name: shop\ncors: { origins: [https://a.example, $env.APP] }\n"),
    edit("name: shop\n", 'name: shop\ncors: { origins: ["*"] }\n'),
    edit("name: shop\n", "name: shop\nworker: { maxBodyBytes: 2000000, compatibilityDate: 2026-11-01 }\n"),
    edit("name: shop\n", "name: shop\nworker: { wrangler: { observability: { enabled: true } } }\n"),
    edit("name: shop\n", "name: shop\ndatabase: { binding: STORE, id: $env.D1_ID }\n"),
    edit("name: shop\n", "name: shop\ndatabase: { query: { defaultLimit: 10, maxLimit: 500 } }\n"),
  ],
  limits: [
    edit("requests: 10, seconds: 60", "requests: 20, seconds: 60"),
    edit("requests: 10, seconds: 60", "requests: 5, seconds: 60, exact: true"),
    edit("    rateLimit: removing\n", "    rateLimit: { requests: 10, seconds: 10 }\n"),
    edit("    rateLimit: removing\n", "    rateLimit: { requests: 10, seconds: 60 }\n"),
    edit("    rateLimit: removing\n", ""),
  ],
  enums: [
    edit("Spare: [one, two]", "Spare: [one]"),
    edit("[active, archived, lost]", "[active, archived]"),
    edit("Shade: [red, green, blue]", "Shade: [red, green]"),
    edit("enums:\n", "enums:\n  Size: [small, large]\n"),
    edit("enums:\n", "enums:\n  Size: [small]\n"),
  ],
  tables: [
    edit("  nodes:\n", "  points:\n    renamedFrom: nodes\n"),
    edit("  reviews:\n    columns:", "  orders:\n    columns: { id: uuid, text: string }\n\n  reviews:\n    columns:"),
    edit("  users:\n    columns:", "  users:\n    sqlName: people\n    columns:"),
    edit("  users:\n    columns:\n      id: uuid", "  users:\n    primaryKey: email\n    columns:\n      id: uuid"),
    edit("      stock_left: stock >= 0", "      stock_left: stock > 0"),
    edit("    checks:\n      stock_left: stock >= 0\n", ""),
    edit("      isActive: { status: active }", "      isActive: { status: active, stock: { gt: 0 } }"),
    edit("    conditions:\n      isActive: { status: active }\n", ""),
  ],
  columns: [
    edit("      name: string\n", "      name: string\n      nick: string?\n"),
    edit("      name: string\n", "      name: string\n      points: integer\n"),
    edit("      name: string\n", "      name: string\n      points: { type: integer, backfill: 0 }\n"),
    edit("      name: string\n", "      fullName: string\n"),
    edit("      name: string\n", "      fullName: { type: string, renamedFrom: name }\n"),
    edit("      name: string\n", "      name: { type: string, sqlName: full_name }\n"),
    edit("      stock: integer\n", "      stock: number\n"),
    edit("maxLength: 80", "maxLength: 40"),
    edit("scale: 2", "scale: 3"),
    edit('pattern: "^[a-z]+$"', 'pattern: "^[a-z0-9]+$"'),
    edit("items: string", "items: { type: string, maxLength: 10 }"),
    edit("items: string", "items: { type: string, nullable: true }"),
    edit("items: string", "items: integer"),
    edit("width: integer, depth", "width: integer, height: integer, depth"),
    edit("      note: string?", "      note: string"),
    edit("default: active", "default: lost"),
    edit("default: now }", "default: now, onUpdate: now }"),
    edit("      label: string?", '      label: { type: string?, expr: "upper(id)" }'),
    edit("      note: string?", "      note: string?\n      reviewCount: { count: reviews }"),
  ],
  relations: [
    edit(
      "unique: true }\n\n  agents",
      "unique: true }\n    relations:\n      products: { many: products, inverse: owner }\n\n  agents",
    ),
    edit("      shop: { one: users, columns: [shopId] }\n", ""),
    edit("shop: { one: users, columns: [shopId] }", "shop: { one: agents, columns: [shopId] }"),
    edit("shop: { one: users, columns: [shopId] }", "shop: { one: users, columns: [makerId] }"),
    edit("shop: { one: users, columns: [shopId] }", "market: { one: users, columns: [shopId] }"),
    edit("onDelete: cascade", "onDelete: restrict"),
    edit("      fans: { manyToMany: users }\n", ""),
  ],
  indexes: [
    edit("      - [status]\n", "      - [stock]\n"),
    edit("[title, stock], unique: true", "[title, stock]"),
    edit("email: { type: string, unique: true }", "email: string"),
    edit("columns: [-changedAt], where", "columns: [changedAt], where"),
    edit("where: { status: active } }\n    checks", "where: { status: active }, unique: true }\n    checks"),
    edit("    checks:\n      stock_left", "    searchable: [title, note]\n    checks:\n      stock_left"),
  ],
  operations: [
    edit("  products/archive:", "  products/hide:"),
    edit("  products/archive:\n", "  products/clear: { delete: products, all: true }\n\n  products/archive:\n"),
    edit(
      "mutations:\n  products/read: { handler: ./read.ts#all }\n",
      "  products/read: { handler: ./read.ts#all }\n\nmutations:\n",
    ),
    edit("handler: ./import.ts#all", "handler: ./import.ts#everything"),
    edit("sql: DELETE FROM products WHERE stock = 0", "sql: DELETE FROM products WHERE stock < 0"),
    edit("    get: reviews\n    where: { id: $args.id }\n", "    get: agents\n    where: { id: $args.id }\n"),
    edit("set: { status: archived, stock: 0 }", "set: { status: lost, note: null }"),
    edit("set: { status: archived, stock: 0 }", "set: { status: archived, stock: { decrement: 1 } }"),
    edit("    expect: one\n", ""),
    edit("    expect: one\n", "    expect: { min: 1 }\n"),
    edit("size: { default: 20, max: 100 }", "size: { default: 10, max: 50 }"),
    edit(
      "    expect: one\n",
      "    expect: one\n    errors: { gone: { status: 410, message: It is gone } }\n    else: { notFound: gone }\n",
    ),
    edit("      known:", "      first: { check: { table: marks, is: some } }\n      known:"),
    edit(
      "      named: { each: { list: marks }, update: products, where: { id: $item.id }, set: { note: sold } }\n",
      "",
    ),
    edit("status: active }, is: some", "status: lost }, is: none"),
    edit("else: sold_out", "else: { check: sold_out }"),
    edit("{ decrement: 1 } }, expect: one", "{ decrement: 2 } }, expect: some"),
    edit("    after: { run: marks/save, args: { id: $args.id } }\n", ""),
    edit("run: marks/save, args: { id: $args.id }", "run: marks/save"),
    edit(
      `      sold: { update: products, where: { id: $args.id }, set: { stock: { decrement: 1 } }, expect: one, else: sold_out }
      named: { each: { list: marks }, update: products, where: { id: $item.id }, set: { note: sold } }
`,
      `      named: { each: { list: marks }, update: products, where: { id: $item.id }, set: { note: sold } }
      sold: { update: products, where: { id: $args.id }, set: { stock: { decrement: 1 } }, expect: one, else: sold_out }
`,
    ),
  ],
  writes: [
    edit("edition: { type: integer, default: 1 }", "edition: { type: integer, version: true }"),
    edit("conflict: [id], input: [id, text]", "conflict: [id], input: [id, text], set: {}"),
    edit("conflict: [id], input: [id, text]", "conflict: [id], input: [id], set: { edition: { increment: 1 } }"),
    edit("    update: products\n", "    each: { list: reviews }\n    update: products\n"),
    edit("set: { status: archived, stock: 0 }", "set: { stock: 0, fans: { replace: [] } }"),
    edit(
      "makerId, shopId, ownerId]\n",
      "makerId, shopId]\n    values: { owner: { name: New, email: none }, reviews: [{ text: first }] }\n",
    ),
  ],
  rows: [
    edit(
      "since: timestamp? }\n    list: products\n    where: {",
      "since: timestamp?, from: integer? }\n    list: products\n    where: { stock: { gte: $args.from? },",
    ),
    edit(
      "color: Color, most: { type: integer, default: 10 }, since: timestamp? }\n    list: products\n    where: { title: { contains: $args.search? }, note: $args.color,",
      "color: Color?, most: { type: integer, default: 10 }, since: timestamp? }\n    list: products\n    where: { title: { contains: $args.search? }, note: $args.color?,",
    ),
    edit("status: active, changedAt", "changedAt"),
    edit("status: active, changedAt", "status: archived, changedAt"),
    edit("status: active, changedAt", "any: [{ status: active }, { stock: 0 }], changedAt"),
    edit('where: { text: { ne: "" } }, limit: 5', "limit: 6"),
    edit("limit: 10\n    offset: 5", "limit: 20\n    offset: 6"),
    edit("limit: $args.most", "limit: $args.most\n    offset: $args.most"),
    edit("orderBy: [-changedAt]", "orderBy: [stock]"),
    edit(
      "    select: [title]\n    orderBy: [-changedAt]\n",
      "    select: [title]\n    distinct: true\n    orderBy: [title]\n",
    ),
    edit("groupBy: [status]", "groupBy: [status, makerId]"),
    edit("left: { sum: stock, where: { stock: { gt: 0 } } }", "left: { max: stock }"),
    edit("having: { number: { gt: 1 } }", "having: { number: { gt: 2 } }"),
    edit("reviews: { aggregate: { number: { count: all } } }", "reviews: { aggregate: { number: { count: text } } }"),
    edit("    size: { default: 20, max: 100 }\n", "    size: { default: 20, max: 100 }\n    total: true\n"),
  ],
  arguments: [
    edit("args: { url: string }", "args: { url: string, force: boolean? }"),
    edit("args: { url: string }", "args: { url: string, force: boolean }"),
    edit("args: { url: string }", "args: { url: string? }"),
    edit("args: { url: string }", "args: { url: { type: string, nullable: true, default: none } }"),
    edit("args: { url: string }", "args: { url: { type: string, format: uri, maxLength: 200 } }"),
    edit("args: { url: string }", "args: { url: uuid }"),
    edit("args: { url: string }", "args: { url: integer }"),
    edit("args: { url: string }", "args: { url: { type: array, items: string } }"),
    edit("shade: Shade", "shade: Color"),
    edit("properties: { depth: integer? }", "properties: { depth: integer, width: integer? }"),
    edit("default: 10 }", "default: 20 }"),
  ],
  results: [
    edit("select: [id, title, note, status, stock]", "select: [id, title, note, status]"),
    edit("    returns: { type: object, properties: { count: { type: integer, maximum: 100 } } }\n", ""),
    edit("maximum: 100", "maximum: 200"),
    edit("count: { type: integer, maximum: 100 }", "count: string"),
    edit(
      "count: { type: integer, maximum: 100 }",
      "count: { type: integer, maximum: 100, nullable: true, optional: true }",
    ),
    edit("list: users\n", "page: users\n"),
    edit("status: 409, message: There are too many", "status: 422, message: Too many"),
    edit("    errors:\n      too_many: { status: 409, message: There are too many }\n    handler", "    handler"),
  ],
};
