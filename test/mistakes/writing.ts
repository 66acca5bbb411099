/** Mistakes that people make who write rows: a manifest in order, and the mutation that is added to it. */
export const manifest = `appflare: 1
name: orders
defaults: { auth: public }
tables:
  orders:
    columns:
      id: uuid
      number: { type: integer, unique: true }
      note: string?
    relations:
      buyer: { one: buyers, optional: true, index: true }
      lines: { many: lines }
      labels: { manyToMany: labels }
  buyers: { columns: { id: integer, name: string } }
  lines:
    columns: { id: integer, sku: string }
    relations: { order: { one: orders, onDelete: cascade, index: true } }
  labels: { columns: { id: string } }
`;

const inserted = (values: string): string =>
  `args: { n: integer }, insert: orders, values: { number: $args.n, ${values} }`;

const changed = (set: string): string =>
  `args: { id: uuid, n: integer }, update: orders, where: { id: $args.id }, set: { ${set} }, expect: one`;

const declared = "errors: { gone: { status: 410, message: It is gone } }";

/** Mutations by what is wrong with them. */
export const mistakes: { readonly [name: string]: string } = {
  "connect one": inserted("buyer: { connect: { id: 1 } }"),
  "create one": inserted("buyer: { create: { name: Ann } }"),
  "connect many": inserted("labels: { connect: [{ id: red }] }"),
  "create many": inserted("lines: { create: [{ sku: a }] }"),
  "connect in a list": inserted("labels: [{ connect: red }]"),
  "add to a new row": inserted("labels: { add: [red] }"),
  "a relation by its key": inserted("buyer: 1"),
  "key of the row above": inserted('lines: [{ sku: a, orderId: "01900000-0000-7000-8000-000000000001" }]'),
  "connect in set": changed("number: $args.n, labels: { connect: [red] }"),
  "disconnect in set": changed("number: $args.n, labels: { disconnect: [red] }"),
  "set in set": changed("number: $args.n, labels: { set: [red] }"),
  "a map as a key": changed("number: $args.n, labels: { add: [{ id: red }] }"),
  "lines in set": changed("number: $args.n, lines: [{ sku: a }]"),
  inc: changed("number: { inc: $args.n }"),
  $inc: changed("number: { $inc: $args.n }"),
  divide: changed("number: { divide: $args.n }"),
  "increment and decrement": changed("number: { increment: $args.n, decrement: 1 }"),
  "increment in values": inserted("note: { increment: 1 }"),
  "sql in set": changed('number: { sql: "number + :n" }'),
  "a map in increment": changed("number: { increment: { by: $args.n } }"),
  "an argument without its colon": changed('number: { expr: "number + n" }'),
  "a reference in SQL": changed('number: { expr: "number + $args.n" }'),
  "max of a table": changed('number: { expr: "max(number) + :n" }'),
  "a reference of nowhere": changed("number: $n, note: $order.note"),
  "else of an insert": `args: { n: integer }, insert: orders, values: { number: $args.n }, ${declared}, else: gone`,
  "notFound of an insert": `args: { n: integer }, insert: orders, values: { number: $args.n }, ${declared}, else: { notFound: gone }`,
  "else without expect": `args: { n: integer }, delete: orders, where: { number: $args.n }, ${declared}, else: gone`,
  "onConflict of an insert": "args: { n: integer }, insert: orders, values: { number: $args.n }, onConflict: ignore",
  "else of a conflict": `args: { n: integer }, delete: orders, where: { number: $args.n }, expect: one, ${declared}, else: { conflict: gone }`,
  "each of a table": "each: orders, insert: lines, values: { sku: a, orderId: $item.id }",
  "each of args":
    "args: { skus: { type: array, items: string } }, each: args.skus, delete: lines, where: { sku: $item }",
  "each from a table": "each: { from: orders, limit: 5 }, insert: lines, values: { sku: a, orderId: $item.id }",
  "for each in a mutation":
    "args: { skus: { type: array, items: string } }, forEach: $args.skus, delete: lines, where: { sku: $item }",
  "is: one": "steps: { free: { check: { table: orders, where: { number: 1 }, is: one } } }",
  "a check beside its table": `${declared}, steps: { free: { check: orders, where: { number: 1 }, is: none, else: gone } }`,
  "else beside a check": `${declared}, steps: { free: { check: { table: orders, is: none }, else: gone } }`,
  "input in a step": "steps: { order: { insert: orders, input: [number] } }",
  "returns: true": "steps: { order: { insert: orders, values: { number: 1 } } }, returns: { order: true }",
  "run in a step": "steps: { order: { run: orders/notify } }",
  "a version of Prisma's upsert":
    "args: { n: integer }, upsert: orders, where: { number: $args.n }, create: { number: $args.n }, update: { note: a }",
};
