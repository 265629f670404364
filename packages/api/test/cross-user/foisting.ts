import type { Prisma } from "@taskbridge/db";

/** The module through which every statement goes, of which a test file puts this in the place. */
export interface Pipelining {
  pipeline: (
    client: unknown,
    statements: readonly Prisma.Sql[],
    timeoutMs: number,
  ) => Promise<unknown>;
}

/** Into which table rows are put as somebody else's, and how often that was done. */
export const foist: { table: string | undefined; done: number } = { table: undefined, done: 0 };
/** Whoever has put rows into it. */
const owners: string[] = [];

/** An insertion with another's id in the place of the user's, where that is asked for. */
export function foisted(statement: Prisma.Sql): Prisma.Sql {
  const { text, values } = statement;
  if (!foist.table || !text.startsWith(`INSERT INTO ${foist.table}`)) return statement;
  // The owner is the first thing that an insertion says.
  const [owner, ...rest] = values as [string, ...unknown[]];
  const other = owners.findLast((id) => id !== owner);
  if (!owners.includes(owner)) owners.push(owner);
  if (!other) return statement;
  foist.done++;
  return { text, values: [other, ...rest] } as Prisma.Sql;
}
