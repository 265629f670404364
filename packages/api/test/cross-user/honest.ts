import { type Call, restRequest } from "./calls.ts";
import { keyed, type Person } from "./people.ts";
import type { Ground } from "./run.ts";

const truths = `SELECT count(*) FILTER (WHERE "deletedAt" IS NULL AND "completedAt" IS NULL)::int AS "open",
  count(*) FILTER (WHERE "deletedAt" IS NULL AND "completedAt" IS NOT NULL)::int AS "completed",
  count(*) FILTER (WHERE "deletedAt" IS NULL AND "completedAt" IS NULL AND "dueDate" IS NOT NULL)::int
    AS "due",
  count(*) FILTER (WHERE "deletedAt" IS NULL AND $2 = ANY ("tags"))::int AS "tagged",
  count(*) FILTER (WHERE "deletedAt" IS NULL AND "searchTitle" LIKE '%' || $3 || '%')::int AS "named",
  count(*) FILTER (WHERE "deletedAt" IS NOT NULL)::int AS "deleted",
  (SELECT count(*)::int FROM "idempotency_record" WHERE "userId" = $1 AND "key" = $4) AS "kept"
  FROM "task" WHERE "userId" = $1`;
type Truth = Record<"open" | "completed" | "due" | "tagged" | "named" | "deleted" | "kept", number>;

/**
 * Who keeps to their own things gets all of them, and numbers that are theirs: what plain SQL says.
 * Returns what is not so.
 */
export async function findsOwn(ground: Ground, me: Person): Promise<string | undefined> {
  const { database, api } = ground;
  const ask = async (call: Call, headers = {}) =>
    (await api.fetch(restRequest(call, me, { headers }))).json() as Promise<
      Record<string, unknown>
    >;
  const [truth] = await database.client.$queryRawUnsafe<Truth[]>(
    truths,
    me.id,
    me.tag,
    me.mark,
    me.key,
  );
  if (!truth) throw new Error("An aggregate without groups has one row.");
  const counted = await ask({ row: "GET /tasks/counts" });
  if (counted.open !== truth.open || counted.completed !== truth.completed) return "own counts";
  const due = Number(counted.overdue) + Number(counted.today) + Number(counted.upcoming);
  if (due !== truth.due) return "own counts by day";
  if (truth.kept !== 1) return "own record";
  const lists: [name: string, call: Call, count: number][] = [
    ["list", { row: "GET /tasks", query: { limit: 100 } }, truth.open + truth.completed],
    ["tag", { row: "GET /tasks", query: { limit: 100, tag: me.tag } }, truth.tagged],
    ["words", { row: "GET /tasks", query: { limit: 100, q: me.mark } }, truth.named],
    ["deleted", { row: "GET /tasks/deleted", query: { limit: 100 } }, truth.deleted],
  ];
  for (const [name, call, count] of lists) {
    const { items } = await ask(call);
    if (!Array.isArray(items) || items.length !== Math.min(count, 100)) return `own ${name}`;
  }
  const [id] = me.living;
  if (id && (await ask({ row: "GET /tasks/{id}", id })).id !== id) return "own task";
  const again = await ask(keyed, { "Idempotency-Key": `"${me.key}"` });
  return JSON.stringify(again) === me.keyedAnswer ? undefined : "own key";
}

/** How many tasks of theirs are completed. */
export async function countCompleted({ database }: Ground, { id }: Person): Promise<number> {
  return database.client.task.count({
    where: { userId: id, deletedAt: null, completedAt: { not: null } },
  });
}
