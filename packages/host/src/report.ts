import type { ReportError } from "@taskbridge/api";
import { log } from "./log/log.ts";

/** Tells the log that a start waits for a server that says it is not ready. */
export const logWaiting = (why: string): void =>
  log("warn", "The database is not ready yet, and is waited for.", { why });

/** Tells the log of what nobody foresaw. */
export const reportError: ReportError = (error, where) =>
  log("error", "A request failed unexpectedly.", { ...where }, error);
