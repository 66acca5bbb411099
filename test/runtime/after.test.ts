import { expect, test } from "vitest";
import { check } from "../../compiler/compile.ts";
import { planOperation } from "../../compiler/plan/plan.ts";
import { following } from "../../runtime/server/after.ts";
import type { Call } from "../../runtime/server/call.ts";
import type { AfterPlan } from "../../runtime/server/plan.ts";

const manifest = `appflare: 1
name: notes
auth: { emailPassword: true, user: { fields: { plan: { type: string, default: free }, credit: { type: decimal, default: "1.00" } } } }
tables:
  notes: { columns: { id: integer, text: string } }
mutations:
  notes/add:
    insert: notes
    input: [text]
    after: { run: notes/tell, args: { who: $user.id, image: $user.image, since: $user.createdAt, credit: $user.credit, verified: $user.emailVerified } }
  notes/tell:
    args: { who: string, image: string?, since: timestamp, credit: decimal, verified: boolean }
    handler: ./tell.ts#tell
`;

test("what runs after a write is given who calls, in wire form", () => {
  const { app } = check("appflare.yaml", () => Buffer.from(manifest));
  const plan = planOperation(app!.operations.get("notes/add")!, app!) as { readonly after?: AfterPlan };
  const told: unknown[] = [];
  const user = { id: "u1", image: null, createdAt: 1_700_000_000_000, credit: 1250, emailVerified: 1 };
  const call = { args: {}, now: 0, caller: { user, session: {} }, follow: (...all: unknown[]) => told.push(all) };
  following(plan.after!)(call as unknown as Call, []);
  expect(told).toEqual([
    ["notes/tell", { who: "u1", image: null, since: "2023-11-14T22:13:20.000Z", credit: "12.50", verified: true }],
  ]);
});
