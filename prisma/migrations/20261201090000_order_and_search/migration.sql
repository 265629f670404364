-- CreateTable
CREATE TABLE "task_text_rewrite" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "rules" INTEGER NOT NULL,
    "through" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'::uuid,
    "done" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "task_text_rewrite_pkey" PRIMARY KEY ("id")
);

-- By hand from here on: Prisma's schema can say neither expressions nor policies. They must be the same as
-- those of packages/tasks/src/sorts.ts and query.ts.

-- Open tasks come behind all that are completed; where the order is turned round, before them.
CREATE INDEX "task_completed_idx" ON "task"("userId", (CASE WHEN "completedAt" IS NULL THEN '-infinity'::timestamptz ELSE "completedAt" END), "id", "completedAt") WHERE ("deletedAt" IS NULL);

-- A word may have several spellings: a line for each.
ALTER POLICY "words" ON "task" USING (
  "userId" = current_setting('taskbridge.user_id', true) AND "deletedAt" IS NULL
  AND ("searchTitle" || E'\n' || "searchNotes") LIKE ANY (string_to_array(current_setting('taskbridge.narrowing', true), E'\n')));
