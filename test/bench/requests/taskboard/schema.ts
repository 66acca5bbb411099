/* The tables of taskboard as a person would write them down for Drizzle: what the usual Worker reads and writes. */
import { relations } from "drizzle-orm";
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const users = sqliteTable("users", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  email: text("email").notNull(),
});

export const tasks = sqliteTable("tasks", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  title: text("title").notNull(),
  done: integer("done", { mode: "boolean" }).notNull().default(false),
  points: integer("points"),
  dueAt: integer("due_at", { mode: "timestamp_ms" }),
  createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
  projectId: text("project_id").notNull(),
  assigneeId: text("assignee_id").references(() => users.id),
});

export const labels = sqliteTable("labels", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  color: text("color").notNull(),
});

export const tasksLabels = sqliteTable(
  "tasks_labels",
  {
    tasksId: integer("tasks_id")
      .notNull()
      .references(() => tasks.id),
    labelsId: text("labels_id")
      .notNull()
      .references(() => labels.id),
  },
  (table) => [primaryKey({ columns: [table.tasksId, table.labelsId] })],
);

export const comments = sqliteTable("comments", {
  id: text("id").primaryKey(),
  body: text("body").notNull(),
  createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
  taskId: integer("task_id")
    .notNull()
    .references(() => tasks.id),
  authorId: text("author_id")
    .notNull()
    .references(() => users.id),
});

export const tasksRelations = relations(tasks, ({ one, many }) => ({
  assignee: one(users, { fields: [tasks.assigneeId], references: [users.id] }),
  comments: many(comments),
  labels: many(tasksLabels),
}));

export const commentsRelations = relations(comments, ({ one }) => ({
  task: one(tasks, { fields: [comments.taskId], references: [tasks.id] }),
  author: one(users, { fields: [comments.authorId], references: [users.id] }),
}));

export const tasksLabelsRelations = relations(tasksLabels, ({ one }) => ({
  task: one(tasks, { fields: [tasksLabels.tasksId], references: [tasks.id] }),
  labels: one(labels, { fields: [tasksLabels.labelsId], references: [labels.id] }),
}));
