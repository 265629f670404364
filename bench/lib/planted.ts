import { fold } from "../../packages/contract/src/index.ts";
import type { VerifiedUserId } from "../../packages/db/src/scope.ts";
import {
  createTestDatabase,
  createUser,
  type TestBase,
  type TestDatabase,
} from "../../packages/db/src/testing/index.ts";
import { administer } from "../../packages/db/src/testing/test-base.ts";

/** Words of which one stands in every third task, one in one of 4 096, and one in none; and a common tag. */
export const planted = { common: "réview", rare: "quokka", absent: "zeppelin", tag: "garden" };

/** What titles and notes are made of; some have capitals and accents, so that folding does something. */
const words =
  `Call Write Paint Order Fetch Mend Clean Book Plan Sort the a for with about before grandmother's
  café Zoë's Müller's kitchen bicycle invoice passport dentist balcony curtain library school neighbour
  Sunday birthday letter report budget release backup server contract meeting garage ticket holiday
  winter summer tyres shelf lamp paper cheese bread apples coffee garden roses`.split(/\s+/);

export interface Planted {
  database: TestDatabase;
  /** The one who is asked for. */
  userId: VerifiedUserId;
}

/**
 * A database of so many users with so many tasks each, written in the order in which they were made, so
 * that tasks of one user lie among those of the others. Half are open; about a tenth has no tag, no
 * notes or no day. The indexes are dropped for the while and made again as the migrations have them.
 */
export async function plant(base: TestBase, users: number, tasksEach: number): Promise<Planted> {
  const database = await createTestDatabase(base);
  const { id: userId } = await createUser(database.db);
  const indexes = await database.client.$queryRaw<{ name: string; definition: string }[]>`
    SELECT indexrelid::regclass::text AS "name", pg_get_indexdef(indexrelid) AS "definition"
    FROM pg_index WHERE indrelid = '"task"'::regclass AND NOT indisprimary`;
  // On connections of their own, for a pool's are ended where the server says nothing for long; and as a
  // superuser, so that neither policies nor foreign keys are looked at row by row.
  const url = new URL(database.url);
  url.username = "postgres";
  await administer(
    url.href,
    [
      "SET session_replication_role = replica",
      "SET maintenance_work_mem = '1GB'",
      "SELECT setseed(0.5)",
      `INSERT INTO "user" ("id", "name", "email")
       SELECT 'user ' || n, 'user', n || '@example.com' FROM generate_series(2, ${users}) AS n`,
      ...indexes.map(({ name }) => `DROP INDEX ${name}`),
      insertion(userId, users, users * tasksEach),
      ...indexes.map(({ definition }) => definition),
      // Nothing was noted while triggers were silent.
      `SELECT "recount_tasks"()`,
    ].join(";\n"),
  );
  await administer(url.href, "VACUUM ANALYZE");
  return { database, userId };
}

const arrayOf = (texts: readonly string[]) =>
  `ARRAY[${texts.map((each) => `'${each.replaceAll("'", "''")}'`).join(", ")}]`;
const written = arrayOf(words);
const folded = arrayOf(words.map(fold));

/** So many of the words that were picked for a task. */
const text = (list: string, from: number, count: number) =>
  `(SELECT string_agg((${list})[place], ' ' ORDER BY nth)
    FROM unnest(picked[${from}:${from + count - 1}]) WITH ORDINALITY AS chosen (place, nth))`;
const marks = (common: string, rare: string) =>
  `CASE WHEN nth % 4096 = 7 THEN ' ${rare}' ELSE '' END || CASE WHEN nth % 3 = 0 THEN ' ${common}' ELSE '' END`;
const withNotes = (notes: string) => `CASE WHEN picked[5] % 10 > 0 THEN ${notes} ELSE '' END`;

const insertion = (userId: string, users: number, tasks: number) => `
  INSERT INTO "task" ("id", "userId", "title", "titleKey", "searchTitle", "notes", "searchNotes", "tags",
    "priority", "dueDate", "completedAt", "createdAt", "updatedAt")
  SELECT gen_random_uuid(), "owner", "title", "folded", "folded",
    ${withNotes(text(written, 5, 15))}, ${withNotes(text(folded, 5, 15))},
    CASE nth % 10 WHEN 0 THEN '{}'
      WHEN 1 THEN ARRAY['home', 'area ' || picked[1]] WHEN 2 THEN ARRAY['work']
      WHEN 3 THEN ARRAY['${planted.tag}'] WHEN 4 THEN ARRAY['${planted.tag}', 'home']
      WHEN 5 THEN ARRAY['${planted.tag}', 'work'] ELSE ARRAY['area ' || picked[1]] END,
    picked[2] % 4,
    CASE WHEN picked[3] % 10 > 0 THEN ("at" + picked[4] * interval '3 days')::date END,
    CASE WHEN picked[6] % 2 = 0 THEN "at" + interval '1 day' END, "at", "at"
  FROM (
    SELECT *, ${text(written, 1, 4)} || ${marks(planted.common, planted.rare)} AS "title",
      ${text(folded, 1, 4)} || ${marks(fold(planted.common), fold(planted.rare))} AS "folded"
    FROM (
      SELECT n / ${users} AS nth,
        CASE n % ${users} WHEN 0 THEN '${userId}' ELSE 'user ' || (n % ${users} + 1) END AS "owner",
        now() - (${tasks} - n) * (interval '2 years' / ${tasks}) AS "at",
        ARRAY(SELECT 1 + floor(random() * ${words.length})::int
          FROM generate_series(n * 0 + 1, 19)) AS picked
      FROM generate_series(0, ${tasks} - 1) AS n
      OFFSET 0
    ) AS made
    OFFSET 0
  ) AS "named"`;
