import type { ReportError } from "@taskbridge/api";
import { log } from "./log/log.ts";

/** Tells the log of what nobody foresaw. */
export const reportError: ReportError = (error, where) =>
  log("error", "A request failed unexpectedly.", { ...where }, error);
