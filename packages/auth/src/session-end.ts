import { Prisma } from "@taskbridge/db";
import type { PrismaClient } from "@taskbridge/db/bare-client";

/**
 * The client for Better Auth that finds no session whose end has come, by the database's clock: unused for
 * too long, or begun more than `maxDays` ago, however much it was used. Better Auth knows only the former,
 * and by the clock of the host. Those that are found ended are deleted, so that their tokens end too.
 */
export function withSessionsEnded(db: PrismaClient, maxDays: number): PrismaClient {
  const ended = (ids: string[]) => Prisma.sql`"id" = ANY(${ids}) AND (
    "expiresAt" <= clock_timestamp()
    OR "createdAt" <= clock_timestamp() - ${maxDays}::int * interval '1 day')`;

  async function idsOfEnded(ids: string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const rows = await db.$queryRaw<
      { id: string }[]
    >`SELECT "id" FROM "session" WHERE ${ended(ids)}`;
    if (rows.length > 0) await db.$executeRaw`DELETE FROM "session" WHERE ${ended(ids)}`;
    return new Set(rows.map(({ id }) => id));
  }

  return db.$extends({
    query: {
      session: {
        async findFirst({ args, query }) {
          const row = await query(args);
          return row?.id && (await idsOfEnded([row.id])).size > 0 ? null : row;
        },
        async findMany({ args, query }) {
          const rows = await query(args);
          const ids = await idsOfEnded(rows.flatMap(({ id }) => id ?? []));
          return rows.filter(({ id }) => !id || !ids.has(id));
        },
      },
    },
  }) as unknown as PrismaClient;
}
