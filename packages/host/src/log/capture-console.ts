import { stripVTControlCharacters } from "node:util";
import { type LogLevel, log } from "./log.ts";
import { withoutQuotes } from "./redact.ts";

const methods = {
  error: "error",
  warn: "warn",
  trace: "info",
  log: "info",
  info: "info",
  debug: "info",
} as const satisfies Record<string, LogLevel>;

/**
 * Makes lines of the log of all that libraries print by themselves (Next a page's error, better-call
 * and the host's adapter a request's), with their words and errors, and without the values that they
 * add: those are a client's, or a row's.
 */
export function captureConsole(): void {
  for (const [method, level] of Object.entries(methods)) {
    Object.assign(console, { [method]: (...printed: unknown[]) => capture(level, printed) });
  }
  // Node's own listener prints in a form of its own.
  process.removeAllListeners("warning");
  process.on("warning", (warning) => log("warn", "Node has a warning.", {}, warning));
  process.on("uncaughtException", (error) => {
    log("error", "The process ends: an error was nobody's.", {}, error);
    process.exit(1);
  });
}

function capture(level: LogLevel, printed: readonly unknown[]): void {
  const words = printed.filter((part) => typeof part === "string").join(" ");
  const error = printed.find((part) => part instanceof Error);
  const message = withoutQuotes(stripVTControlCharacters(words)).trim();
  // Next marks an error with a sign alone.
  const fallback = "A library printed this.";
  log(level, /\p{L}/u.test(message) ? message : fallback, { source: "console" }, error);
}
