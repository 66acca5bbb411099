/** What to write instead of a key that other tools have. */
export interface Advice {
  /** the key to write in its place */
  readonly write?: string;
  /** a sentence, where a key alone does not do */
  readonly hint?: string;
}

const write = (key: string): Advice => ({ write: key });
const hint = (text: string): Advice => ({ hint: text });

const inEnums = hint("An enum has a name, under `enums`: `Status: [open, closed]`. That name is then a type.");
const isRelation = hint("A key of another table is a relation, under `relations`: `owner: { one: users }`.");
const isKey = hint("The column `id` is the key, and `primaryKey: [name]` beside `columns` says otherwise.");
const isMeasured = hint("Its rows are measured by `aggregate: { total: { count: all } }`.");
const isRequired = hint("Everything is required unless `?` stands behind its type.");

/** Words of other tools, by the title of the map where they are met. */
const rows: readonly (readonly [where: RegExp, words: string, Advice])[] = [
  [/^a manifest$/, "models model entities entity schema schemas collections", write("tables")],
  [/^a manifest$/, "version apiVersion", write("appflare")],
  [
    /^a manifest$/,
    "endpoints routes api resolvers operations functions",
    hint("Reads stand under `queries`, writes under `mutations`."),
  ],
  [/^a manifest$/, "relations relationships indexes", hint("They stand in their table, under `tables`.")],

  [/^a table$/, "fields attributes props properties schema", write("columns")],
  [/^a table$/, "key keys pk primary primary_key", write("primaryKey")],
  [/^a table$/, "foreignKeys foreign_keys references associations relationships belongsTo hasMany", write("relations")],
  [
    /^a table$/,
    "unique uniques",
    hint("Several columns are unique together by an index: `indexes: [{ columns: [a, b], unique: true }]`."),
  ],
  [/^a table$/, "constraints", write("checks")],
  [/^a table$/, "name tableName table_name", write("sqlName")],
  [/^a table$/, "policies policy permissions permission access acl security authorization grants", write("rules")],
  [
    /^a table$/,
    "rls rowLevelSecurity row_level_security allow @@allow @@deny auth @@auth can",
    hint("Who may do what to which rows is said by `rules: { read: { owner: { ownerId: $user.id } } }`."),
  ],
  [/^a table$/, "tenantId tenant_id tenantColumn tenantBy scopedBy", write("tenant")],
  [
    /^a table$/,
    "multiTenant multitenant isolated",
    hint("`tenant` names the column that says whose a row is: `tenant: workspaceId`."),
  ],

  [/^the rules of a table$/, "select view get list fetch query find", write("read")],
  [/^the rules of a table$/, "insert add new", write("create")],
  [/^the rules of a table$/, "edit modify patch change", write("update")],
  [/^the rules of a table$/, "remove destroy", write("delete")],
  [/^the rules of a table$/, "except forbid forbids denials reject block", write("deny")],
  [
    /^the rules of a table$/,
    "write all manage crud *",
    hint("Each verb has rules of its own: `create`, `update`, `delete` and `read`."),
  ],
  [
    /^the rules of a table$/,
    "allow grant using if policy roles role",
    hint("Below a verb, each rule has a name: `read: { owner: { ownerId: $user.id } }`."),
  ],

  [/^a type$/, "references reference foreignKey foreign_key fk relation", isRelation],
  [/^a type$/, "onDelete", isRelation],
  [/^a type$/, "primaryKey primary primary_key pk isPrimary key", isKey],
  [/^a type$/, "autoIncrement autoincrement auto_increment identity", hint("A key of type integer counts by itself.")],
  [/^a type$/, "required notNull not_null", isRequired],
  [/^a type$/, "null isNullable allowNull optional", write("nullable")],
  [/^a type$/, "enum values options choices members oneOf", inEnums],
  [/^a type$/, "of element elements itemType", write("items")],
  [/^a type$/, "regex regexp match matches", write("pattern")],
  [/^a type$/, "length size maxlength max_length", write("maxLength")],
  [/^a type$/, "fields props", write("properties")],
  [/^a type$/, "defaultValue default_value initial", write("default")],
  [/^a type$/, "indexed", write("index")],
  [/^a type$/, "isUnique", write("unique")],
  [/^a type$/, "generated generatedAs generatedAlwaysAs computed formula expression virtual", write("expr")],
  [/^a type$/, "isVersion optimisticLock rowVersion", write("version")],
  [/^a type$/, "comment doc title label", write("description")],
  [/^a type$/, "precision", write("scale")],
  [/^a type$/, "check", hint("A check stands in its table, under `checks`, with a name.")],

  [/^relation$/, "belongsTo belongs_to manyToOne toOne hasOneOf references ref", write("one")],
  [/^relation$/, "hasMany has_many oneToMany toMany", write("many")],
  [/^relation$/, "belongsToMany hasAndBelongsToMany", write("manyToMany")],
  [/^relation$/, "oneToOne", hint('The side that holds the key says "one" and "unique: true", the other "hasOne".')],
  [/^relation$/, "type kind table target to model", hint("Kind and table are one entry: `{ one: users }`.")],
  [/^a relation `one`$/, "nullable null", write("optional")],
  [/^a relation `one`$/, "required", hint('A relation is required unless it says "optional: true".')],
  [/^a relation `one`$/, "foreignKey foreign_key fk field key", write("column")],
  [
    /^a relation `(many|hasOne)`$/,
    "foreignKey mappedBy via field column columns references",
    hint("The other side has the key: `inverse` names its relation."),
  ],
  [
    /^a relation `(many|hasOne|manyToMany)`$/,
    "onDelete onUpdate optional nullable",
    hint("It stands on the side that holds the key, the `one`."),
  ],
  [/^a relation `manyToMany`$/, "joinTable junction table using", write("through")],

  [/^query$/, "findMany find find_many all from select table many read fetch rows", write("list")],
  [/^query$/, "findOne findUnique findFirst find_one one first", write("get")],
  [/^query$/, "paginate pages cursor", write("page")],
  [/^mutation$/, "create add save new", write("insert")],
  [/^mutation$/, "patch edit modify change", write("update")],
  [/^mutation$/, "merge put insertOrUpdate createOrUpdate", write("upsert")],
  [/^mutation$/, "remove destroy del", write("delete")],
  [/^mutation$/, "transaction transactions batch atomic", write("steps")],
  [/^step$/, "create add", write("insert")],
  [/^step$/, "patch modify change", write("update")],
  [/^step$/, "remove destroy del", write("delete")],
  [/^step$/, "find read load", write("get")],
  [/^step$/, "assert require ensure guard", write("check")],
  [/^step$/, "list select rows", hint("A step goes over rows by `each: { list: orders }`.")],
  [
    /^step$/,
    "run call mutation enqueue",
    hint("What runs when all is written stands beside `steps`: `after: { run: orders/notify }`."),
  ],
  [/^(query|mutation)$/, "function resolver run code script", write("handler")],

  [/^`auth`$/, "password passwords credentials email emailAndPassword basic local", write("emailPassword")],
  [/^`auth`$/, "providers provider oauth oauth2 socialProviders openid sso", write("social")],
  [/^`auth`$/, "otp code emailOTP emailOtp oneTimeCode", write("emailCode")],
  [/^`auth`$/, "magiclink magic link emailLink passwordless", write("magicLink")],
  [/^`auth`$/, "users fields additionalFields", write("user")],
  [/^`auth`$/, "sessions", write("session")],
  [/^`auth`$/, "emails sendMail sendEmail mailer", write("mail")],
  [/^`auth\.user`$/, "columns additionalFields properties attributes", write("fields")],
  [/^`auth\.emailCode`$/, "digits size", write("length")],
  [/^`auth\.(emailCode|magicLink)`$/, "expiresIn ttl expiry lifetime", write("minutes")],
  [/^`auth\.session`$/, "expiresIn ttl maxAge lifetime duration", write("days")],
  [/^`auth\.emailPassword`$/, "minPasswordLength min minimum", write("minLength")],
  [/^`auth\.emailPassword`$/, "requireEmailVerification verifyEmail verification", write("verify")],
  [/^an? `\w+`$/, "params parameters arguments variables vars", write("args")],
  [/^an? `\w+`$/, "throttle throttling rate ratelimit rate_limit rateLimits", write("rateLimit")],
  [/^an? `(insert|update|upsert|delete|steps|handler|sql)`$/, "limit limits", write("rateLimit")],
  [/^an? `\w+`$/, "filter filters condition conditions if", write("where")],
  [/^an? `\w+`$/, "public anonymous", hint('Say "auth: public".')],
  [
    /^an? `\w+`$/,
    "isAuthenticated authenticated requireAuth requiresAuth authRequired protected private loginRequired signedIn",
    hint('Whoever is signed in may call it, unless it says "auth: public".'),
  ],
  [
    /^an? `\w+`$/,
    "asSystem system sudo bypassRules skipRules ignoreRules asAdmin admin serviceRole",
    hint('Say "as: system", and by "because" why.'),
  ],
  [/^an? `\w+`$/, "reason why justification", write("because")],
  [/^an? `\w+`$/, "access permission permissions roles role allow allowed audience", write("auth")],
  [/^a `(get|list|page)`$/, "fields columns returns return", write("select")],
  [/^a `(get|list|page)`$/, "include includes relations join joins expand populate", write("with")],
  [/^a `(list|page)`$/, "sort sortBy order order_by", write("orderBy")],
  [/^a `list`$/, "take top first max", write("limit")],
  [/^a `list`$/, "skip", write("offset")],
  [/^a `page`$/, "pageSize perPage", write("size")],
  [/^what to load of a relation$/, "_count count sum avg min max measures", isMeasured],
  [/^what to load of a relation$/, "fields columns", write("select")],
  [/^what to load of a relation$/, "include includes relations join joins", write("with")],
  [/^what to load of a relation$/, "filter filters condition conditions", write("where")],
  [/^what to load of a relation$/, "sort sortBy order order_by", write("orderBy")],
  [/^what to load of a relation$/, "take top first", write("limit")],
  [/^what to load of a relation$/, "skip", write("offset")],
  [/^a measure$/, "average mean", write("avg")],
  [/^a measure$/, "minimum least", write("min")],
  [/^a measure$/, "maximum greatest most", write("max")],
  [/^a measure$/, "total", write("sum")],
  [/^a measure$/, "filter filters condition conditions if", write("where")],
  [/^a measure$/, "unique", write("distinct")],
  [/^a measure$/, "column field of", hint("The column stands behind what is reckoned: `{ sum: points }`.")],
  [/^a limit$/, "max limit count points tokens calls times", write("requests")],
  [/^a limit$/, "per period window interval duration within", write("seconds")],
  [/^a limit$/, "windowMs minutes hours days", hint("The time is told in seconds: `seconds: 60`.")],
  [/^a limit$/, "key keyBy scope of", write("by")],
  [/^a `near`$/, "lat", write("latitude")],
  [/^a `near`$/, "lng lon long", write("longitude")],
  [/^a `near`$/, "radius distance meters metres maxDistance", write("within")],
  [/^a `near`$/, "columns fields on", write("of")],
  [/^an? `(insert|update|upsert|delete|check)`( step)?$/, "forEach foreach for loop over", write("each")],
  [/^an? `\w+`( step)?$/, "onError otherwise error", write("else")],
  [/^an? `\w+` step$/, "filter filters condition conditions if", write("where")],
  [
    /^an? `\w+` step$/,
    "returns return select output",
    hint("What is answered stands beside `steps`, by step: `returns: { order: [id] }`."),
  ],
  [/^what runs after it$/, "mutation operation call name", write("run")],
  [/^what runs after it$/, "arguments params parameters input", write("args")],
  [/^an `(insert|upsert)`( step)?$/, "data row payload body record", write("values")],
  [/^an `update`( step)?$/, "data payload body changes", write("set")],
  [
    /^an `insert`( step)?$/,
    "on onConflict ignore orIgnore orReplace",
    hint("A row that may be there already is written by `upsert`."),
  ],
  [
    /^an `(insert|update|upsert)` step$/,
    "input inputs fields",
    hint("Columns that callers give are written out: `values: { title: $args.title }`."),
  ],
  [/^what `each` goes over$/, "table from in of rows", write("list")],
  [/^what `each` goes over$/, "filter filters condition conditions if", write("where")],
  [/^what `each` goes over$/, "limit offset orderBy", hint("It goes over every row that meets `where`.")],
  [/^a check$/, "from in of list", write("table")],
  [/^a check$/, "filter filters condition conditions if", write("where")],
  [/^a check$/, "expect", write("is")],
  [
    /^a `check` step$/,
    "table where is else",
    hint("It stands in the check: `check: { table: orders, is: none, else: taken }`."),
  ],
  [
    /^what `else` says$/,
    "conflict tooMany many",
    hint("Too few and too many have one error by its name alone: `else: out_of_stock`."),
  ],
  [/^an `upsert`( step)?$/, "on onConflict conflictTarget target by unique", write("conflict")],
  [/^an `upsert`( step)?$/, "update doUpdate", write("set")],
  [/^an `(insert|update|upsert)`$/, "fields columns inputs", write("input")],
  [/^an? `(insert|update|upsert|delete)`$/, "select return output", write("returns")],
];

const advices = rows.map(([where, words, advice]) => ({ where, words: new Set(words.split(" ")), advice }));

/** The advice for a key, where other tools have it in such a map. */
export function foreignKey(title: string | undefined, key: string): Advice | undefined {
  return advices.find(({ where, words }) => words.has(key) && where.test(title ?? ""))?.advice;
}
