/** What went wrong with a migration, and what to do, in its message. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

/** The engine's message is a trace of its own functions, with what matters between the lines. */
export function readFailure(error: unknown): { migration: string | undefined; why: string } {
  const message = error instanceof Error ? error.message : String(error);
  const why = message
    .split(/\n\s+0: /)[0]
    ?.replace(/^external connector error\n/, "")
    .trim();
  return { migration: /migration_name="([^"]+)"/.exec(message)?.[1], why: why ?? message };
}

/**
 * A script is sent whole, and is then one transaction, unless it says otherwise itself: one of these
 * words in it, be it in a comment, and we promise nothing.
 */
export const isOneTransaction = (sql: string): boolean => !/\b(commit|concurrently)\b/i.test(sql);
