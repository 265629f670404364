-- By hand: any database's owner may create it, for it is a trusted extension.
CREATE EXTENSION IF NOT EXISTS "pg_trgm";

-- DropIndex
DROP INDEX "task_userId_createdAt_id_idx";

-- DropIndex
DROP INDEX "task_userId_dueDate_id_idx";

-- DropIndex
DROP INDEX "task_userId_priority_id_idx";

-- DropIndex
DROP INDEX "task_userId_titleKey_id_idx";

-- AlterTable
ALTER TABLE "task"
ADD COLUMN     "deletedAt" TIMESTAMPTZ(3),
ADD COLUMN     "searchNotes" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "searchTitle" TEXT NOT NULL DEFAULT '';

-- By hand: "searchText" was the folded title, a line break and the folded notes. Folding makes and
-- takes no line breaks, so the title's part has as many of them as the title.
UPDATE "task" SET
  "searchTitle" = array_to_string(lines[:title_lines], E'\n'),
  "searchNotes" = array_to_string(lines[title_lines + 1:], E'\n')
FROM (
  SELECT "id", string_to_array("searchText", E'\n') AS lines,
    1 + length("title") - length(replace("title", E'\n', '')) AS title_lines
  FROM "task"
) AS split
WHERE "task"."id" = split."id";

ALTER TABLE "task" DROP COLUMN "searchText";

-- CreateIndex
CREATE INDEX "task_userId_createdAt_id_completedAt_idx" ON "task"("userId", "createdAt", "id", "completedAt") WHERE ("deletedAt" IS NULL);

-- CreateIndex
CREATE INDEX "task_userId_priority_id_completedAt_idx" ON "task"("userId", "priority", "id", "completedAt") WHERE ("deletedAt" IS NULL);

-- CreateIndex
CREATE INDEX "task_userId_titleKey_id_completedAt_idx" ON "task"("userId", "titleKey", "id", "completedAt") WHERE ("deletedAt" IS NULL);

-- CreateIndex
CREATE INDEX "task_userId_deletedAt_id_idx" ON "task"("userId", "deletedAt", "id") WHERE ("deletedAt" IS NOT NULL);

-- CreateIndex
CREATE INDEX "task_userId_idx" ON "task"("userId");

-- By hand from here on: Prisma's schema cannot say expressions. They must be
-- the same as those of packages/tasks/src/sorts.ts and query.ts.

-- Tasks without a day come last in either order, so each order has an end of time of its own.
CREATE INDEX "task_due_first_idx" ON "task"("userId", (coalesce("dueDate", 'infinity'::date)), "id", "completedAt") WHERE ("deletedAt" IS NULL);
CREATE INDEX "task_due_last_idx" ON "task"("userId", (coalesce("dueDate", '-infinity'::date)), "id", "completedAt") WHERE ("deletedAt" IS NULL);

CREATE INDEX "task_search_idx" ON "task" USING gin (("searchTitle" || E'\n' || "searchNotes") gin_trgm_ops, "tags") WHERE ("deletedAt" IS NULL);

-- By these PostgreSQL tells a rare word from a common one. What it knows of an index with a condition
-- it does not use for that.
CREATE STATISTICS "task_search_stats" ON ("searchTitle" || E'\n' || "searchNotes") FROM "task";
