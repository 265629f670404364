/** What the hand-written peers ask PostgreSQL: the rows of one user, by one condition. */
export const columns = `"id", "title", "notes", "completedAt", "dueDate"::text, "priority", "tags", "version",
  "createdAt", "updatedAt"`;

export const listed = `SELECT ${columns} FROM "task" WHERE "userId" = $1 AND "deletedAt" IS NULL
  ORDER BY "createdAt" DESC, "id" DESC LIMIT 21`;
export const one = `SELECT ${columns} FROM "task" WHERE "userId" = $1 AND "deletedAt" IS NULL AND "id" = $2`;
export const created = `INSERT INTO "task" ("id", "userId", "title", "titleKey", "searchTitle")
  VALUES ($1, $2, $3, lower($3), lower($3)) RETURNING ${columns}`;
export const renamed = `UPDATE "task" SET "title" = $3, "titleKey" = lower($3), "searchTitle" = lower($3),
  "version" = "version" + 1, "updatedAt" = now()
  WHERE "userId" = $1 AND "deletedAt" IS NULL AND "id" = $2 RETURNING ${columns}`;

const priorities = ["none", "low", "medium", "high"];

interface Row {
  priority: number;
  completedAt: Date | null;
  createdAt: Date;
  id: string;
}
export const toTask = (row: Row) => ({
  ...row,
  completed: row.completedAt !== null,
  priority: priorities[row.priority],
});

export function toPage(rows: Row[]) {
  const last = rows.length > 20 ? rows[19] : undefined;
  const position = last && JSON.stringify([last.createdAt, last.id]);
  return {
    items: rows.slice(0, 20).map(toTask),
    nextCursor: position ? Buffer.from(position).toString("base64url") : null,
  };
}
