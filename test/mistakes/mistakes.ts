/**
 * Mistakes that people make: a manifest in order, and what of it is written wrongly. Each with the lines as they should be (none where
 * something is added at the end) and as they are.
 */
export const manifest = `appflare: 1
name: board
defaults: { auth: public }
enums:
  Status: [active, archived]
tables:
  users:
    columns: { id: uuid, name: string }
  tasks:
    columns:
      id: uuid
      title: string
      status: { type: Status, default: active }
      done: { type: boolean, default: false }
      createdAt: { type: timestamp, default: now }
    relations:
      owner: { one: users, onDelete: cascade }
`;

const relations = "    relations:\n      owner: { one: users, onDelete: cascade }";

/** A query over a board that has lists, objects, places and a relation to many besides. */
const queried = (query: string): readonly [string, string] => [
  relations,
  `      photos: { type: array, items: { type: object, properties: { width: integer } }, default: [] }
      place: { type: object, properties: { city: string }, nullable: true }
      latitude: number?
      longitude: number?
      dueAt: timestamp?
${relations}
      parent: { one: tasks, optional: true, index: true }
      children: { many: tasks }
queries:
  tasks/asked: { ${query} }`,
];

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: a person takes a manifest for JavaScript
export const mistakes: { readonly [name: string]: readonly [right: string, wrong: string] } = {
  "type int": ["      title: string", "      points: int"],
  "a formula": ["      title: string", "      title: string\n      label: { type: string, formula: upper(title) }"],
  "type text": ["      title: string", "      title: text"],
  "varchar(80)": ["      title: string", "      title: varchar(80)"],
  varchar: ["      title: string", "      title: { type: varchar, maxLength: 80 }"],
  "references users.id": ["      title: string", "      ownerId: { type: uuid, references: users.id }"],
  "required: true": ["      title: string", "      title: { type: string, required: true }"],
  "required: false": ["      title: string", "      title: { type: string, required: false }"],
  "null: true": ["      title: string", "      title: { type: string, null: true }"],
  "nullable at relation": [
    "      owner: { one: users, onDelete: cascade }",
    "      owner: { one: users, nullable: true }",
  ],
  "primaryKey: true": ["      id: uuid", "      id: { type: uuid, primaryKey: true }"],
  "primary: true, autoincrement": ["      id: uuid", "      id: { type: integer, primary: true, autoIncrement: true }"],
  "where text equality": [
    "",
    "queries:\n  tasks/get:\n    args: { id: uuid }\n    get: tasks\n    where: id = $args.id",
  ],
  "where quoted map": [
    "",
    'queries:\n  tasks/get:\n    args: { id: uuid }\n    get: tasks\n    where: "{ id: $args.id }"',
  ],
  "orderBy createdAt desc": ["", "queries:\n  tasks/list:\n    list: tasks\n    orderBy: createdAt desc"],
  "orderBy list desc": ["", "queries:\n  tasks/list:\n    list: tasks\n    orderBy: [createdAt desc]"],
  "orderBy map": ["", "queries:\n  tasks/list:\n    list: tasks\n    orderBy: { createdAt: desc }"],
  "orderBy list of map": ["", "queries:\n  tasks/list:\n    list: tasks\n    orderBy: [{ createdAt: desc }]"],
  "orderBy one text": ["", "queries:\n  tasks/list:\n    list: tasks\n    orderBy: -createdAt"],
  'limit "10"': ["", 'queries:\n  tasks/list:\n    list: tasks\n    limit: "10"'],
  tabs: ["      title: string", "\t\ttitle: string"],
  "missing colon": ["      title: string", "      title string"],
  "missing space after colon": ["      title: string", "      title:string"],
  "wrong indentation": ["      title: string", "     title: string"],
  "too deep": ["      title: string", "        title: string"],
  "snake_case column": ["      title: string", "      due_at: timestamp?"],
  "singular table": ["", "queries:\n  tasks/list:\n    list: task"],
  "PascalCase table": ["  tasks:", "  Tasks:"],
  "$arg.id": ["", "queries:\n  tasks/get:\n    args: { id: uuid }\n    get: tasks\n    where: { id: $arg.id }"],
  "$args.ID": ["", "queries:\n  tasks/get:\n    args: { id: uuid }\n    get: tasks\n    where: { id: $args.ID }"],
  "args.id without sigil": [
    "",
    "queries:\n  tasks/get:\n    args: { id: uuid }\n    get: tasks\n    where: { id: args.id }",
  ],
  "args.title without sigil text": [
    "",
    "queries:\n  tasks/find:\n    args: { title: string }\n    list: tasks\n    where: { title: args.title }",
  ],
  $id: ["", "queries:\n  tasks/get:\n    args: { id: uuid }\n    get: tasks\n    where: { id: $id }"],
  "{{id}}": ["", 'queries:\n  tasks/get:\n    args: { id: uuid }\n    get: tasks\n    where: { id: "{{args.id}}" }'],
  "${args.id}": ["", 'queries:\n  tasks/get:\n    args: { id: uuid }\n    get: tasks\n    where: { id: "${args.id}" }'],
  ":id": ["", 'queries:\n  tasks/get:\n    args: { id: uuid }\n    get: tasks\n    where: { id: ":id" }'],
  "queries as list": ["", "queries:\n  - name: tasks/list\n    list: tasks"],
  "enum as map": ["  Status: [active, archived]", "  Status: { active: 0, archived: 1 }"],
  "enum as text": ["  Status: [active, archived]", "  Status: active | archived"],
  "select as text": ["", "queries:\n  tasks/list:\n    list: tasks\n    select: id, title"],
  "select star": ["", 'queries:\n  tasks/list:\n    list: tasks\n    select: "*"'],
  "select [*]": ["", 'queries:\n  tasks/list:\n    list: tasks\n    select: ["*"]'],
  "select true map": ["", "queries:\n  tasks/list:\n    list: tasks\n    select: { id: true, title: true }"],
  "with as list": ["", "queries:\n  tasks/list:\n    list: tasks\n    with: [owner]"],
  "include relation by select": ["", "queries:\n  tasks/list:\n    list: tasks\n    select: [id, owner]"],
  "default now()": [
    "      createdAt: { type: timestamp, default: now }",
    "      createdAt: { type: timestamp, default: now() }",
  ],
  "default CURRENT_TIMESTAMP": [
    "      createdAt: { type: timestamp, default: now }",
    "      createdAt: { type: timestamp, default: CURRENT_TIMESTAMP }",
  ],
  "boolean as string": [
    "      done: { type: boolean, default: false }",
    '      done: { type: boolean, default: "false" }',
  ],
  "boolean yes": ["      done: { type: boolean, default: false }", "      done: { type: boolean, default: no }"],
  "enum typo": ["      status: { type: Status, default: active }", "      status: { type: Status, default: actve }"],
  "duplicate key": ["      title: string", "      title: string\n      title: integer"],
  "columns as list": ["    columns: { id: uuid, name: string }", "    columns: [id: uuid, name: string]"],
  hasMany: ["      owner: { one: users, onDelete: cascade }", "      comments: { hasMany: users }"],
  belongsTo: ["      owner: { one: users, onDelete: cascade }", "      owner: { belongsTo: users }"],
  "relation as text": ["      owner: { one: users, onDelete: cascade }", "      owner: users"],
  "relation type/table": ["      owner: { one: users, onDelete: cascade }", "      owner: { type: one, table: users }"],
  "query under mutations": ["", "mutations:\n  tasks/list:\n    list: tasks"],
  "update without where": ["", "mutations:\n  tasks/edit:\n    update: tasks\n    set: { done: true }"],
  "no auth": [
    "defaults: { auth: public }\nenums:\n  Status: [active, archived]\ntables:\n  users:\n    columns: { id: uuid, name: string }\n  tasks:\n    columns:\n      id: uuid\n      title: string\n      status: { type: Status, default: active }\n      done: { type: boolean, default: false }\n      createdAt: { type: timestamp, default: now }\n    relations:\n      owner: { one: users, onDelete: cascade }",
    "enums:\n  Status: [active, archived]\ntables:\n  users:\n    columns: { id: uuid, name: string }\n  tasks:\n    columns:\n      id: uuid\n      title: string\n      status: { type: Status, default: active }\n      done: { type: boolean, default: false }\n      createdAt: { type: timestamp, default: now }\n    relations:\n      owner: { one: users, onDelete: cascade }\nqueries:\n  tasks/list:\n    list: tasks",
  ],
  models: ["tables:", "models:"],
  entities: ["tables:", "entities:"],
  "version instead": ["appflare: 1", "version: 1"],
  'appflare "1"': ["appflare: 1", 'appflare: "1"'],
  "forgotten ?": [
    "",
    "queries:\n  tasks/find:\n    args: { search: string? }\n    list: tasks\n    where: { title: { contains: $args.search } }",
  ],
  "optional arg by required false": [
    "",
    "queries:\n  tasks/find:\n    args: { search: { type: string, required: false } }\n    list: tasks\n    where: { title: { contains: $args.search } }",
  ],
  "like operator": [
    "",
    "queries:\n  tasks/find:\n    args: { search: string }\n    list: tasks\n    where: { title: { like: $args.search } }",
  ],
  "$eq operator": [
    "",
    "queries:\n  tasks/find:\n    args: { search: string }\n    list: tasks\n    where: { title: { $eq: $args.search } }",
  ],
  "equals operator": [
    "",
    "queries:\n  tasks/find:\n    args: { search: string }\n    list: tasks\n    where: { title: { equals: $args.search } }",
  ],
  ">= operator": [
    "",
    'queries:\n  tasks/find:\n    args: { since: timestamp }\n    list: tasks\n    where: { createdAt: { ">=": $args.since } }',
  ],
  OR: ["", "queries:\n  tasks/find:\n    list: tasks\n    where: { OR: [{ done: true }, { title: a }] }"],
  and: ["", "queries:\n  tasks/find:\n    list: tasks\n    where: { and: [{ done: true }, { title: a }] }"],
  findMany: ["", "queries:\n  tasks/list:\n    findMany: tasks"],
  "select as verb": ["", "queries:\n  tasks/list:\n    from: tasks"],
  "create verb": ["", "mutations:\n  tasks/create:\n    create: tasks\n    input: [title]"],
  "data key": ["", "mutations:\n  tasks/create:\n    insert: tasks\n    data: { title: a }"],
  "set in insert": ["", "mutations:\n  tasks/create:\n    insert: tasks\n    set: { title: a }"],
  "values in update": [
    "",
    "mutations:\n  tasks/create:\n    update: tasks\n    where: { title: a }\n    values: { title: b }",
  ],
  "write relation by name": [
    "",
    "mutations:\n  tasks/create:\n    args: { owner: uuid }\n    insert: tasks\n    input: [title]\n    values: { owner: $args.owner }",
  ],
  "args as list": ["", "queries:\n  tasks/find:\n    args: [search]\n    list: tasks"],
  "type[]": ["      title: string", "      tags: string[]"],
  "array of": ["      title: string", "      tags: { type: array, of: string }"],
  "array short": ["      title: string", "      tags: array"],
  "enum inline": ["      title: string", "      title: { enum: [a, b] }"],
  "enum type inline": ["      title: string", "      title: { type: enum, values: [a, b] }"],
  "max instead of maximum": ["      title: string", "      points: { type: integer, max: 5 }"],
  "max on string": ["      title: string", "      title: { type: string, maximum: 80 }"],
  length: ["      title: string", "      title: { type: string, length: 80 }"],
  "unique text": ["      title: string", '      title: { type: string, unique: "yes" }'],
  "onDelete CASCADE": [
    "      owner: { one: users, onDelete: cascade }",
    "      owner: { one: users, onDelete: CASCADE }",
  ],
  "onDelete setNull": [
    "      owner: { one: users, onDelete: cascade }",
    "      owner: { one: users, onDelete: setNull }",
  ],
  "operation with dot": ["", "queries:\n  tasks.list:\n    list: tasks"],
  "operation snake": ["", "queries:\n  list_tasks:\n    list: tasks"],
  "no id": ["    columns: { id: uuid, name: string }", "    columns: { name: string }"],
  percent: ["      title: string", "      title: { type: string, pattern: %a }"],
  "unquoted star alias": ["", "queries:\n  tasks/list:\n    list: tasks\n    select: [*]"],
  "at sign": ["      title: string", "      title: { type: string, default: @me }"],
  "unclosed brace": [
    "      status: { type: Status, default: active }",
    "      status: { type: Status, default: active",
  ],
  "colon in text": ["", "description: Boards: and tasks"],
  "name with spaces": ["name: board", "name: My Board"],
  "url origin slash": ["", "cors: { origins: [https://app.example.com/] }"],
  "cors origins text": ["", "cors: { origins: https://app.example.com }"],
  "cors star text": ["", 'cors: "*"'],
  "limit variable": ["", "queries:\n  tasks/find:\n    args: { n: integer? }\n    list: tasks\n    limit: $args.n?"],
  "to-many bare": [
    "  tasks:\n    columns:\n      id: uuid\n      title: string\n      status: { type: Status, default: active }\n      done: { type: boolean, default: false }\n      createdAt: { type: timestamp, default: now }\n    relations:\n      owner: { one: users, onDelete: cascade }",
    "    relations: { tasks: { many: tasks } }\n  tasks:\n    columns:\n      id: uuid\n      title: string\n      status: { type: Status, default: active }\n      done: { type: boolean, default: false }\n      createdAt: { type: timestamp, default: now }\n    relations:\n      owner: { one: users, onDelete: cascade }\nqueries:\n  users/find:\n    list: users\n    where: { tasks: { done: true } }",
  ],
  transaction: ["", "mutations:\n  tasks/two:\n    transaction:\n      one: { insert: users, values: { name: a } }"],
  "steps as a list": ["", "mutations:\n  tasks/two:\n    steps:\n      - { insert: users, values: { name: a } }"],
  "step without a verb": ["", "mutations:\n  tasks/two:\n    steps:\n      one: { values: { name: a } }"],
  "returns in a step": [
    "",
    "mutations:\n  tasks/two:\n    steps:\n      one: { insert: users, values: { name: a }, returns: [id] }",
  ],
  "step by its name alone": [
    "",
    "mutations:\n  tasks/two:\n    steps:\n      one: { insert: users, values: { name: a } }\n      two: { insert: tasks, values: { title: a, ownerId: $one.id } }",
  ],
  "a whole step": [
    "",
    "mutations:\n  tasks/two:\n    steps:\n      one: { insert: users, values: { name: a } }\n      two: { insert: tasks, values: { title: a, ownerId: $steps.one } }",
  ],
  "item without each": [
    "",
    "mutations:\n  users/add:\n    steps:\n      one: { insert: users, values: { name: $item.name } }",
  ],
  "for each": [
    "",
    "mutations:\n  users/add:\n    args: { names: { type: array, items: string } }\n    steps:\n      one: { forEach: $args.names, insert: users, values: { name: $item } }",
  ],
  "each of one": [
    "",
    "mutations:\n  users/add:\n    args: { name: string }\n    steps:\n      one: { each: $args.name, insert: users, values: { name: $item } }",
  ],
  "list in a step": [
    "",
    "mutations:\n  users/add:\n    steps:\n      all: { list: users }\n      one: { insert: users, values: { name: a } }",
  ],
  "after a text": ["", "mutations:\n  users/add: { insert: users, input: [name], after: users/welcome }"],
  "after a job": ["", "mutations:\n  users/add: { insert: users, input: [name], after: { enqueue: mail/welcome } }"],
  _count: queried("list: tasks, with: { _count: { select: { children: true } } }"),
  children_aggregate: queried("list: tasks, with: { children_aggregate: { aggregate: { count: true } } }"),
  "childrenAggregate in with": queried("list: tasks, with: { childrenAggregate: { total: { count: all } } }"),
  "childrenAggregate: true": queried("list: tasks, with: { childrenAggregate: true }"),
  "measures without aggregate": queried("list: tasks, with: { children: { total: { count: all } } }"),
  "count: true of a relation": queried("list: tasks, with: { children: { count: true } }"),
  "count(*)": queried("aggregate: tasks, select: { total: count(*) }"),
  "count: *": queried('aggregate: tasks, select: { total: { count: "*" } }'),
  "count: true": queried("aggregate: tasks, select: { total: { count: true } }"),
  average: queried("aggregate: tasks, select: { middle: { average: latitude } }"),
  median: queried("aggregate: tasks, select: { middle: { median: latitude } }"),
  "min and max at once": queried("aggregate: tasks, select: { range: { min: latitude, max: latitude } }"),
  "a result called all": queried("aggregate: tasks, select: { all: { count: all } }"),
  "groupBy a relation": queried("aggregate: tasks, groupBy: [owner], select: { total: { count: all } }"),
  "groupBy a column of a relation": queried(
    "aggregate: tasks, groupBy: [owner.name], select: { total: { count: all } }",
  ),
  "having of no result": queried(
    "aggregate: tasks, groupBy: [status], select: { total: { count: all } }, having: { latitude: { gt: 1 } }",
  ),
  "orderBy a measure by its relation": queried(
    "list: tasks, with: { children: { aggregate: { total: { count: all } } } }, orderBy: [-children.total]",
  ),
  "orderBy a measure that is not there": queried("list: tasks, orderBy: [-childrenAggregate.total]"),
  "orderBy a column of a relation": queried("list: tasks, orderBy: [owner.name]"),
  "select a column of a relation": queried("list: tasks, select: [title, owner.name]"),
  "select an aggregate": queried(
    "list: tasks, select: [id, childrenAggregate], with: { children: { aggregate: { total: { count: all } } } }",
  ),
  "where by a path of a relation": queried("list: tasks, where: { owner.name: Ann }"),
  "where by a path of relations to many": queried("list: tasks, where: { children.done: true }"),
  "where by a path of JSON": queried("list: tasks, where: { place.city: Bern }"),
  elemMatch: queried("list: tasks, where: { photos: { elemMatch: { width: 3 } } }"),
  "a list of objects without some": queried("list: tasks, where: { photos: { width: 3 } }"),
  "a count in where": queried("list: tasks, where: { children: { count: { gt: 1 } } }"),
  "search in a column": queried("list: tasks, where: { title: { search: milk } }"),
  "lat, lng, radius": queried("list: tasks, where: { near: { lat: 1, lng: 2, radius: 3, of: [latitude, longitude] } }"),
  "near without of": queried("list: tasks, where: { near: { latitude: 1, longitude: 2, within: 3 } }"),
  "near of one column": queried(
    "list: tasks, where: { near: { latitude: 1, longitude: 2, within: 3, of: [latitude] } }",
  ),
  "near of three columns": queried(
    "list: tasks, where: { near: { latitude: 1, longitude: 2, within: 3, of: [latitude, longitude, done] } }",
  ),
  "a column by its name": queried("list: tasks, where: { createdAt: { gt: dueAt } }"),
  "a column of another table": queried("list: tasks, where: { createdAt: { gt: { column: owner.createdAt } } }"),
  "distinct without select": queried("list: tasks, distinct: true"),
  "IN (:list)": queried(
    "args: { ids: { type: array, items: uuid } }, sql: SELECT title FROM tasks WHERE id IN (:ids), returns: { type: array, items: string }",
  ),
  "text in double quotes": queried("sql: 'SELECT count(*) FROM tasks WHERE title = \"milk\"', returns: integer"),
  "rate limit as true": queried("list: tasks, rateLimit: true"),
  "rate limit as a number": queried("list: tasks, rateLimit: 30"),
  "rate limit as a text": queried("list: tasks, rateLimit: 30/m"),
  "max and window": queried("list: tasks, rateLimit: { max: 30, window: 60 }"),
  "limit and minutes": queried("list: tasks, rateLimit: { limit: 30, minutes: 1 }"),
  "by ip": queried("list: tasks, rateLimit: { requests: 30, seconds: 60, by: ip }"),
  "limit names a limit": queried("list: tasks, limit: reading"),
  "limit is a limit": queried("list: tasks, limit: { requests: 30, seconds: 60 }"),
  throttle: queried("list: tasks, throttle: { requests: 30, seconds: 60 }"),
  "limits as a number": ["", "limits: { reading: 30 }"],
  "handler without hash": ["", "queries:\n  users/find:\n    handler: ./handlers/users.ts"],
};
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above
