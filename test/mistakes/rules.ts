/** Mistakes that people make who say who may do what: a manifest in order, and the rules of a table as they write them. */
export const manifest = (rules: string): string => `appflare: 1
name: notes
auth: { emailPassword: true, user: { fields: { firmId: uuid? } } }
tables:
  firms:
    columns: { id: uuid, name: string }
    rules: { read: { own: { id: $user.firmId } } }
  notes:
    columns: { id: uuid, text: string, open: { type: boolean, default: false } }
    relations:
      owner: { one: users, onDelete: cascade, index: true }
      firm: { one: firms, onDelete: cascade, index: true }
${rules}
queries:
  notes/list: { list: notes }
`;

const inRules = (written: string): string => `    rules: { ${written} }`;

export const right = inRules("read: { own: { ownerId: $user.id } }");

/** What stands in the place of the table's rules, by what is wrong with it. */
export const mistakes: { readonly [name: string]: string } = {
  "policies for rules": "    policies: { read: { own: { ownerId: $user.id } } }",
  "permissions for rules": "    permissions: { read: { own: { ownerId: $user.id } } }",
  "rls: true": "    rls: true",
  "select for read": inRules("select: { own: { ownerId: $user.id } }"),
  "insert for create": inRules("insert: { own: { ownerId: $user.id } }"),
  "write for create, update and delete": inRules("write: { own: { ownerId: $user.id } }"),
  "allow read: if …": inRules('allow: "read: if request.auth.uid == resource.data.ownerId"'),
  "@@allow": '    "@@allow": "\'read\', auth() == owner"',
  "a list of policies": "    rules: [{ allow: read, to: owner }]",
  "true for everybody": inRules("read: true"),
  "public for everybody": inRules("read: public"),
  "a role for a rule": inRules("read: [admin]"),
  "a condition without a rule's name": inRules("read: { ownerId: $user.id }"),
  "using (…)": inRules("read: { own: { using: owner_id = auth.uid() } }"),
  "a text of SQL": inRules('read: { own: "owner_id = auth.uid()" }'),
  "with check": inRules("create: { own: { check: { ownerId: $user.id } } }"),
  "if for when": inRules("update: { own: { if: { ownerId: $user.id }, columns: [text] } }"),
  "fields for columns": inRules("update: { own: { when: { ownerId: $user.id }, fields: [text] } }"),
  "roles in a rule": inRules("read: { staff: { roles: [admin] } }"),
  "a role in a rule": inRules("read: { staff: { role: admin } }"),
  "auth.uid()": inRules("read: { own: { ownerId: auth.uid() } }"),
  "$auth.id": inRules("read: { own: { ownerId: $auth.id } }"),
  "an argument in a rule": inRules("read: { own: { ownerId: $args.ownerId } }"),
  "$old for $before": inRules("update: { own: { when: { ownerId: $user.id }, then: { ownerId: $old.ownerId } } }"),
  "view for read in may": inRules("read: { firm: { firm: { may: view } } }"),
  "can for may": inRules("read: { firm: { firm: { can: read } } }"),
  "except for deny": inRules("read: { own: { ownerId: $user.id } }, except: { read: { open: { open: true } } }"),
  "tenantId for tenant": "    tenantId: firmId",
  "multiTenant: true": "    multiTenant: true",
  "tenant: true": "    tenant: true",
  "tenant of no column": "    tenant: workspaceId",
};
