/*
 * The usual: the same answers from the stack that most people take, as its documentation shows it: Hono with its Zod validator's
 * work done by hand, Zod, and Drizzle's relational queries.
 */
import { and, asc, count, desc, eq, gt, inArray, isNotNull, or, sql, sum } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { Hono } from "hono";
import { z } from "zod";
import * as schema from "./schema.ts";

// biome-ignore lint/suspicious/noExplicitAny: the binding's type is the platform's
const app = new Hono<{ Bindings: { DB: any } }>();

const { tasks, labels, tasksLabels } = schema;

const answerErrors = { error: { code: "invalid_arguments" } };

const getArguments = z.strictObject({ id: z.coerce.number().int() });
const listArguments = z.strictObject({
  projectId: z.uuid(),
  done: z.enum(["true", "false"]).transform((text) => text === "true"),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
const pageArguments = z.strictObject({
  projectId: z.uuid(),
  size: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().optional(),
});
const labelledArguments = z.strictObject({ label: z.string() });
const workloadArguments = z.strictObject({ projectId: z.uuid() });
const createArguments = z.strictObject({
  title: z.string().min(1).max(200),
  points: z.number().int().min(0).nullable().optional(),
  dueAt: z.iso.datetime({ offset: true }).nullable().optional(),
  projectId: z.uuid(),
  assigneeId: z.uuid().nullable().optional(),
});
const editArguments = z.strictObject({
  id: z.number().int(),
  title: z.string().min(1).max(200).optional(),
  done: z.boolean().optional(),
});

app.get("/health", (c) => c.json({ status: "ok" }));

app.get("/queries/tasks/get", async (c) => {
  const args = getArguments.safeParse(c.req.query());
  if (!args.success) return c.json(answerErrors, 400);
  const db = drizzle(c.env.DB, { schema });
  return c.json((await db.query.tasks.findFirst({ where: eq(tasks.id, args.data.id) })) ?? null);
});

app.get("/queries/tasks/list", async (c) => {
  const args = listArguments.safeParse(c.req.query());
  if (!args.success) return c.json(answerErrors, 400);
  const db = drizzle(c.env.DB, { schema });
  return c.json(
    await db.query.tasks.findMany({
      where: and(eq(tasks.projectId, args.data.projectId), eq(tasks.done, args.data.done)),
      orderBy: desc(tasks.id),
      limit: args.data.limit,
    }),
  );
});

app.get("/queries/tasks/feed", async (c) => {
  const db = drizzle(c.env.DB, { schema });
  return c.json(
    await db.query.tasks.findMany({
      where: eq(tasks.done, false),
      columns: { id: true, title: true, dueAt: true },
      with: {
        assignee: { columns: { id: true, name: true } },
        comments: {
          columns: { id: true, body: true, createdAt: true },
          with: { author: { columns: { name: true } } },
          orderBy: [desc(schema.comments.createdAt), asc(schema.comments.id)],
          limit: 3,
        },
      },
      orderBy: desc(tasks.id),
      limit: 20,
    }),
  );
});

app.get("/queries/tasks/page", async (c) => {
  const args = pageArguments.safeParse(c.req.query());
  if (!args.success) return c.json(answerErrors, 400);
  const { projectId, size, cursor } = args.data;
  const db = drizzle(c.env.DB, { schema });
  const after = cursor === undefined ? undefined : (JSON.parse(atob(cursor)) as [number | null, number]);
  const rows = await db.query.tasks.findMany({
    where: and(
      eq(tasks.projectId, projectId),
      after &&
        (after[0] === null
          ? or(isNotNull(tasks.dueAt), gt(tasks.id, after[1]))
          : or(gt(tasks.dueAt, new Date(after[0])), and(eq(tasks.dueAt, new Date(after[0])), gt(tasks.id, after[1])))),
    ),
    orderBy: [asc(tasks.dueAt), asc(tasks.id)],
    limit: size + 1,
  });
  const hasMore = rows.length > size;
  if (hasMore) rows.length = size;
  const last = rows.at(-1);
  const nextCursor = hasMore ? btoa(JSON.stringify([last!.dueAt?.getTime() ?? null, last!.id])) : null;
  return c.json({ rows, nextCursor, hasMore });
});

app.get("/queries/tasks/labelled", async (c) => {
  const args = labelledArguments.safeParse(c.req.query());
  if (!args.success) return c.json(answerErrors, 400);
  const db = drizzle(c.env.DB, { schema });
  const rows = await db.query.tasks.findMany({
    where: inArray(
      tasks.id,
      db
        .select({ id: tasksLabels.tasksId })
        .from(tasksLabels)
        .innerJoin(labels, eq(labels.id, tasksLabels.labelsId))
        .where(eq(labels.name, args.data.label)),
    ),
    columns: { id: true, title: true },
    with: { labels: { with: { labels: { columns: { name: true, color: true } } } } },
    orderBy: asc(tasks.id),
    limit: 100,
  });
  return c.json(
    rows.map(({ labels, ...row }) => ({
      ...row,
      labels: labels.map((link) => link.labels).sort((a, b) => (a.name < b.name ? -1 : 1)),
    })),
  );
});

app.get("/queries/tasks/workload", async (c) => {
  const args = workloadArguments.safeParse(c.req.query());
  if (!args.success) return c.json(answerErrors, 400);
  const db = drizzle(c.env.DB, { schema });
  const open = count(sql`CASE WHEN ${tasks.done} = 0 THEN 1 END`);
  return c.json(
    await db
      .select({ assigneeId: tasks.assigneeId, total: count(), open, points: sum(tasks.points).mapWith(Number) })
      .from(tasks)
      .where(eq(tasks.projectId, args.data.projectId))
      .groupBy(tasks.assigneeId)
      .orderBy(desc(open), asc(tasks.assigneeId))
      .limit(100),
  );
});

app.post("/mutations/tasks/create", async (c) => {
  const args = createArguments.safeParse(await c.req.json());
  if (!args.success) return c.json(answerErrors, 400);
  const { dueAt, ...values } = args.data;
  const db = drizzle(c.env.DB, { schema });
  const [row] = await db
    .insert(tasks)
    .values({ ...values, dueAt: dueAt ? new Date(dueAt) : null, createdAt: new Date() })
    .returning();
  return c.json(row);
});

app.post("/mutations/tasks/edit", async (c) => {
  const args = editArguments.safeParse(await c.req.json());
  if (!args.success) return c.json(answerErrors, 400);
  const { id, ...changes } = args.data;
  const db = drizzle(c.env.DB, { schema });
  const [row] = await db.update(tasks).set(changes).where(eq(tasks.id, id)).returning();
  return row ? c.json(row) : c.json({ error: { code: "not_found" } }, 404);
});

export default app;
