import type { DumpContents } from "./dump-rows.ts";

const advice =
  "Row-level security hides them from others, or they were left out: make it as the tables' owner, or as a role with BYPASSRLS (docs/guides/host-it.md).";

/**
 * Why a dump is not to be trusted, if so. Row-level security leaves rows out without a word, of some
 * tables alone: those of accounts are always there. Less than half of what the database has now is no dump of it.
 */
export function judgeDump(
  { tables, rows, used }: DumpContents,
  there: ReadonlyMap<string, number> | undefined,
): string | undefined {
  if (!tables.has("user") || !tables.has("task")) {
    return "The dump does not make the tables user and task: it is of another database, or of data alone, which cannot be restored (docs/guides/host-it.md).";
  }
  if (!rows.has("user")) return "The dump has no accounts: it was made without its data.";
  for (const [name, count] of there ?? []) {
    if (!tables.has(name)) return `The dump lacks the table ${name}, which has ${count} rows.`;
    const dumped = rows.get(name) ?? 0;
    if (fleeting.has(name) || count === 0 || dumped >= count / 2) continue;
    return `The dump has ${dumped} of the ${count} rows of ${name}. ${advice}`;
  }
  // Sequences are behind no policy, and this one counts with each write of a task.
  const written = [...used].some((name) => name.startsWith("task_delta"));
  if (written && !rows.get("task") && !rows.get("task_delta")) {
    return `The dump has no tasks, though tasks have been written in this database. ${advice}`;
  }
  return undefined;
}

/** Their rows come and go by themselves within a day. */
const fleeting = new Set([
  "rate_limit",
  "revoked_session",
  "idempotency_record",
  "verification",
  "task_delta",
]);
