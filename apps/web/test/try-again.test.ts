import { expect, test } from "vitest";
import { isWorthTryingAgain } from "../src/trpc/try-again.ts";

test.each([
  ["unreachable", undefined, true],
  ["between", 403, true],
  ["unavailable", 503, true],
  ["internal_error", 500, true],
  ["rate_limited", 429, true],
  ["idempotency_in_progress", 409, true],
  ["validation_failed", 422, false],
  ["task_not_found", 404, false],
  ["too_many_tasks", 422, false],
  ["forbidden", 403, false],
  ["version_mismatch", 412, false],
  ["too_large_on_the_way", 413, false],
])("whether %s (%s) is worth another try: %s", (code, status, worth) => {
  expect(isWorthTryingAgain({ code, ...(status && { status }) })).toBe(worth);
});
