import type { PrismaClient } from "../../packages/db/src/generated/client.ts";

/** Gives somebody so many tasks that have nothing but a title. */
export async function addPlainTasks(client: PrismaClient, userId: string, count: number) {
  await client.$executeRaw`
    INSERT INTO "task" ("id", "userId", "title", "titleKey", "searchTitle")
    SELECT gen_random_uuid(), ${userId}, t, t, t
    FROM (SELECT 'task ' || n AS t FROM generate_series(1, ${count}::int) n) s`;
  await client.$executeRaw`ANALYZE "task"`;
}
