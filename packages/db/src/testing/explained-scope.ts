import { type Db, requestPoolOf } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { type OwnerScope, scopeOver, type VerifiedUserId } from "../scope.ts";
import { statementsOf } from "../statements.ts";

const { sql } = Prisma;

/** A user's scope that tells how the database will go about each statement, as the request it is. */
export function explainedScope(
  db: Db,
  userId: VerifiedUserId,
  onPlan: (plan: string) => void,
): OwnerScope {
  const statements = statementsOf(requestPoolOf(db), userId);
  return scopeOver(
    {
      async run(statement, options) {
        const { rows } = await statements.run(sql`EXPLAIN ${statement}`, options);
        onPlan((rows as { "QUERY PLAN": string }[]).map((row) => row["QUERY PLAN"]).join("\n"));
        return await statements.run(statement, options);
      },
    },
    userId,
  );
}
