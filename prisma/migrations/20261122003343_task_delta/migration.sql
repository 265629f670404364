-- CreateTable
CREATE TABLE "task_delta" (
    "userId" TEXT NOT NULL,
    -- By hand: for BIGSERIAL's sequence requests would need a right.
    "id" BIGINT GENERATED ALWAYS AS IDENTITY,
    "dueDate" DATE,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "open" INTEGER NOT NULL,
    "completed" INTEGER NOT NULL,
    "folded" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "task_delta_pkey" PRIMARY KEY ("userId","id")
);

-- All by hand from here on (docs/decisions/0030-counts.md). No function has other rights than its
-- caller: whoever writes tasks writes what that changes behind the same wall.
CALL "wall_in"('task_delta');

DO $body$
DECLARE
  -- What tasks count for: open ones have a day. Deleted ones do not count.
  counted text := $sql$
    SELECT "userId", CASE WHEN "completedAt" IS NULL THEN "dueDate" END AS "dueDate", "tags",
      CASE WHEN "completedAt" IS NULL THEN %2$s ELSE 0 END AS "open",
      CASE WHEN "completedAt" IS NULL THEN 0 ELSE %2$s END AS "completed"
    FROM %1$s WHERE "deletedAt" IS NULL $sql$;
  written text := format($sql$
    INSERT INTO %I."task_delta" ("userId", "dueDate", "tags", "open", "completed") $sql$, current_schema());
  summed text := written || $sql$
    SELECT "userId", "dueDate", "tags", sum("open"), sum("completed") FROM (%s) AS "counted"
    GROUP BY "userId", "dueDate", "tags" HAVING sum("open") <> 0 OR sum("completed") <> 0 $sql$;
  added text := format(counted, '"new_task"', 1);
  removed text := format(counted, '"old_task"', -1);
  -- Rows of a day or of a tag alone, as few as there can be.
  spread text := $sql$
    INSERT INTO "task_delta" ("userId", "dueDate", "tags", "open", "completed", "folded")
    SELECT "userId", CASE WHEN "tag" IS NULL THEN "dueDate" END AS "day",
      CASE WHEN "tag" IS NULL THEN '{}' ELSE ARRAY["tag"] END, sum("open"), sum("completed"), true
    FROM (
      SELECT "userId", "dueDate", "open", "completed",
        unnest(CASE WHEN "folded" AND "tags" <> '{}' THEN "tags" ELSE NULL::text || "tags" END) AS "tag"
      FROM (%s) AS "whole"
    ) AS "each"
    GROUP BY "userId", "day", "tag" HAVING sum("open") <> 0 OR sum("completed") <> 0 $sql$;
BEGIN
  -- Those of writes, each in as little time as it can be done. They name the schema in place of a
  -- search_path of their own, which would take a tenth of that time.
  EXECUTE format('CREATE FUNCTION "count_added_tasks"() RETURNS trigger LANGUAGE plpgsql AS %L',
    format('BEGIN %s; RETURN NULL; END', written || added));
  -- Most edits are of one task, of which there is nothing to sum up, and of nothing that counts. Of
  -- more than one this looks at two.
  EXECUTE format('CREATE FUNCTION "count_changed_tasks"() RETURNS trigger LANGUAGE plpgsql AS %L', format($sql$
    DECLARE
      pairs int;
      alike boolean;
    BEGIN
      SELECT count(*), bool_and(ROW("before".*) IS NOT DISTINCT FROM ROW("after".*)) INTO pairs, alike
      FROM (SELECT %1$s FROM "old_task" LIMIT 2) AS "before", (SELECT %1$s FROM "new_task" LIMIT 2) AS "after";
      IF pairs > 1 THEN
        %2$s;
      ELSIF NOT alike THEN
        %3$s;
      END IF;
      RETURN NULL;
    END $sql$, '"userId", "completedAt" IS NULL, "dueDate", "tags", "deletedAt" IS NULL',
    format(summed, added || ' UNION ALL ' || removed), written || added || ' UNION ALL ' || removed));
  EXECUTE format('CREATE FUNCTION "count_removed_tasks"() RETURNS trigger LANGUAGE plpgsql AS %L',
    format('BEGIN %s; RETURN NULL; END', format(summed, removed)));

  -- For a user's rows, the oldest first and as many as a request has the time for; says how many there were.
  -- Those that another one has in hand it passes by.
  EXECUTE format('CREATE FUNCTION "fold_task_deltas"("whose" text) RETURNS bigint LANGUAGE sql AS %L', format($sql$
    WITH "held" AS (
      SELECT "id" FROM "task_delta" WHERE "userId" = "whose" ORDER BY "id" LIMIT 50000 FOR UPDATE SKIP LOCKED
    ), "gone" AS (
      DELETE FROM "task_delta" WHERE "userId" = "whose" AND "id" IN (SELECT "id" FROM "held") RETURNING *
    ), "kept" AS (%s)
    SELECT count(*) FROM "gone" $sql$, format(spread, 'SELECT * FROM "gone"')));
  -- For all tasks, where some were written past the triggers.
  EXECUTE format('CREATE FUNCTION "recount_tasks"() RETURNS void LANGUAGE sql AS %L', format($sql$
    LOCK TABLE "task" IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM "task_delta";
    %s $sql$, format(spread, format('SELECT *, false AS "folded" FROM (%s) AS "counted"', format(counted, '"task"', 1)))));
END $body$;

CREATE FUNCTION "count_no_tasks"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "task_delta";
  RETURN NULL;
END $$;

-- Who folds these rows is waited for; what that has made of them is seen by the next look alone.
CREATE FUNCTION "forget_counts"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WHILE EXISTS (SELECT FROM "task_delta" WHERE "userId" = OLD."id") LOOP
    DELETE FROM "task_delta" WHERE "userId" = OLD."id";
  END LOOP;
  RETURN NULL;
END $$;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['count_no_tasks()', 'forget_counts()', 'recount_tasks()', 'fold_task_deltas(text)'] LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', name, current_schema());
  END LOOP;
  EXECUTE format('GRANT EXECUTE ON FUNCTION "fold_task_deltas"(text) TO %I', "request_role"('request'));
END $$;

REVOKE EXECUTE ON FUNCTION "count_added_tasks"(), "count_changed_tasks"(), "count_removed_tasks"(),
  "count_no_tasks"(), "forget_counts"(), "recount_tasks"(), "fold_task_deltas"(text) FROM PUBLIC;

CREATE TRIGGER "count_added_tasks" AFTER INSERT ON "task"
  REFERENCING NEW TABLE AS "new_task" FOR EACH STATEMENT EXECUTE FUNCTION "count_added_tasks"();
CREATE TRIGGER "count_changed_tasks" AFTER UPDATE ON "task"
  REFERENCING OLD TABLE AS "old_task" NEW TABLE AS "new_task"
  FOR EACH STATEMENT EXECUTE FUNCTION "count_changed_tasks"();
-- Not where they go with their user: PostgreSQL looks at the condition while that key's trigger runs.
CREATE TRIGGER "count_removed_tasks" AFTER DELETE ON "task"
  REFERENCING OLD TABLE AS "old_task" FOR EACH STATEMENT
  WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION "count_removed_tasks"();
CREATE TRIGGER "count_no_tasks" AFTER TRUNCATE ON "task"
  FOR EACH STATEMENT EXECUTE FUNCTION "count_no_tasks"();
-- When the tasks are gone, and with them all that could still be written: PostgreSQL goes by the names of
-- triggers, and those of keys begin with a capital letter.
CREATE TRIGGER "forget_counts" AFTER DELETE ON "user"
  FOR EACH ROW EXECUTE FUNCTION "forget_counts"();

SELECT "recount_tasks"();
