/** Mistakes that people make who sign people in: a manifest in order, and the query that is added to it. */
export const manifest = `appflare: 1
name: notes
auth:
  emailPassword: true
  roles: [user, editor, admin]
  user: { fields: { plan: { type: string, default: free } } }
tables:
  notes:
    columns: { id: integer, text: string, teamId: uuid? }
    relations:
      owner: { one: users, onDelete: cascade, index: true }
    rules:
      read: { own: { ownerId: $user.id } }
      create: { own: { ownerId: $user.id } }
queries:
  notes/mine: { list: notes }
`;

const where = (condition: string): string => `list: notes, where: { ${condition} }`;

/** Queries by what is wrong with them. */
export const mistakes: { readonly [name: string]: string } = {
  role: "list: notes, role: admin",
  roles: "list: notes, roles: [admin, editor]",
  public: "list: notes, public: true",
  isAuthenticated: "list: notes, isAuthenticated: true",
  "auth: authenticated": "list: notes, auth: authenticated",
  "auth: signed-in": "list: notes, auth: signed-in",
  "auth: anonymous": "list: notes, auth: anonymous",
  "auth: true": "list: notes, auth: true",
  "auth: none": "list: notes, auth: none",
  "a role in capitals": "list: notes, auth: Admin",
  "roles with a bar": 'list: notes, auth: "admin | editor"',
  "everybody in a list": "list: notes, auth: [public, editor]",
  "whoever is signed in, in a list": "list: notes, auth: [authenticated, editor]",
  "as: admin": "list: notes, as: admin",
  sudo: "list: notes, sudo: true",
  "as: system with a reason": "list: notes, as: system, reason: Staff",
  "as: system alone": "list: notes, auth: admin, as: system",
  "$auth.id": where("ownerId: $auth.id"),
  "$auth.uid": where("ownerId: $auth.uid"),
  "auth.uid()": where("ownerId: auth.uid()"),
  "(auth.uid() = owner)": where("auth.uid(): ownerId"),
  "$currentUser.id": where("ownerId: $currentUser.id"),
  $user: where("ownerId: $user"),
  "$user._id": where("ownerId: $user._id"),
  "$user.userId": where("ownerId: $user.userId"),
  "$me.id": where("ownerId: $me.id"),
  "$session.userId": where("ownerId: $session.userId"),
  "$session.user.id": where("ownerId: $session.user.id"),
  "{{user.id}}": where('ownerId: "{{user.id}}"'),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what people write
  "${user.id}": where('ownerId: "${user.id}"'),
  "@request.auth.id": where('ownerId: "@request.auth.id"'),
  "$user.id?": where("ownerId: $user.id?"),
  "a relation and who calls": where("owner: $user.id"),
  "$user.isAdmin": where("$user.isAdmin: true"),
  "$user.roles": where("$user.roles: { includes: admin }"),
  "a role that there is not": where("$user.role: moderator"),
  "$user.plan.name": where("$user.plan.name: pro"),
  "a field that is not there": where("$user.teamId: { ne: null }"),
  "who calls, of another type": where("id: $user.id"),
};
