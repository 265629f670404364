/**
 * One JSON object a line on standard error: whatever a client sent is escaped by being JSON, and
 * cannot forge a line of its own.
 */
export function log(
  level: "info" | "warn" | "error",
  message: string,
  fields: Record<string, unknown> = {},
  error?: unknown,
): void {
  const cause = error instanceof Error ? { error: error.stack ?? error.message } : {};
  const line = { time: new Date().toISOString(), level, message, ...fields, ...cause };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
