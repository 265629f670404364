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
 * A script is run in a transaction, unless it says otherwise itself or cannot be: one of these words in
 * it, but for lines that are comments, and we promise nothing.
 */
export const isOneTransaction = (sql: string): boolean =>
  !/\b(commit|rollback|concurrently|vacuum)\b/i.test(sql.replaceAll(/^\s*--.*$/gm, ""));

/** Whether it can be seen in the schema afterwards that a script has run. */
export const leavesTraces = (sql: string): boolean =>
  /\b(create|alter)\s+(or\s+replace\s+|unique\s+)?(table|index|type|function|procedure|trigger|policy)\b/i.test(
    sql,
  );
