/**
 * A manifest as a person would write it, of any size: each table has ten columns, leads to the table before it and is led to by the
 * next one, and has five operations. About 2 KB a table.
 */
export function manifestOf(tables: number): string {
  const each = (text: (name: string, before: string, after: string) => string): string =>
    Array.from({ length: tables }, (_, index) => {
      const name = (at: number) => `things${(at + tables) % tables}`;
      return text(name(index), name(index - 1), name(index + 1));
    }).join("\n");
  return `appflare: 1
name: bench
description: A backend with ${tables} tables.

defaults: { auth: public }

enums:
  Status: [draft, active, archived]

tables:
${each(tableOf)}
queries:
${each(queriesOf)}
mutations:
${each(mutationsOf)}`;
}

const tableOf = (name: string, before: string, after: string): string => `  ${name}:
    description: The ${name} of somebody, as they are kept.
    columns:
      id: uuid
      title: { type: string, minLength: 1, maxLength: 120 }
      slug: { type: string, pattern: "^[a-z0-9-]+$", unique: true }
      body: string?
      status: { type: Status, default: draft }
      points: { type: integer, minimum: 0, default: 0 }
      price: { type: decimal, nullable: true }
      tags: { type: array, items: string, default: [] }
      createdAt: { type: timestamp, default: now }
      updatedAt: { type: timestamp, default: now, onUpdate: now }
    relations:
      owner: { one: ${before}, optional: true, onDelete: set null, index: true }
      items: { many: ${after}, inverse: owner }
    indexes:
      - [status, createdAt]
      - [-createdAt]
      - { columns: [-points], where: { status: active } }
`;

const queriesOf = (name: string): string => `  ${name}/get:
    description: One of the ${name} by its slug, with what belongs to it.
    args: { slug: string }
    get: ${name}
    where: { slug: $args.slug }
    with:
      owner: { select: [id, title] }
      items: { select: [id, title, points], orderBy: [-points], limit: 20 }
  ${name}/list:
    args:
      search: string?
      status: Status?
      limit: { type: integer, minimum: 1, maximum: 100, default: 20 }
    list: ${name}
    where:
      title: { contains: $args.search?, caseSensitive: false }
      status: $args.status?
      any:
        - { points: { gte: 10 } }
        - { items: { some: { status: active } } }
    orderBy: [-createdAt]
    limit: $args.limit
  ${name}/page:
    page: ${name}
    where: { status: active }
    select: [id, title, slug, createdAt]
    orderBy: [-createdAt]
    size: { default: 20, max: 100 }
`;

const mutationsOf = (name: string): string => `  ${name}/create:
    insert: ${name}
    input: [title, slug, body, price, tags, ownerId]
  ${name}/edit:
    args: { id: uuid }
    update: ${name}
    where: { id: $args.id }
    input: [title, body, status, price]
    set: { points: { increment: 1 } }
    expect: one
    returns: [id, title, updatedAt]
`;
