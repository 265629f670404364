import { createTaskService } from "@taskbridge/tasks";
import type { ApiDeps } from "./context.ts";
import { countingCalls } from "./rate-limit.ts";
import { reportFailure } from "./report.ts";
import { type Caller, createCaller } from "./router/index.ts";

/** The procedures as one user's page calls them. */
export type PageCaller = (token: string, path: string) => Caller;

/**
 * The procedures without a door, for pages that are drawn in the same process. Whose calls they are,
 * the access token says and nothing else: each call verifies it, counts, and goes through the scope, as
 * it would coming from the page in the browser. A call that fails rejects with a `TRPCError`.
 *
 * @returns takes the token, and the page's path for the report of what was not foreseen
 */
export function createPageCaller(deps: ApiDeps): PageCaller {
  const { verifier, scopeOf, limiter, reportError } = deps;
  const tasks = createTaskService(deps);

  return (token, path) => {
    const requestId = crypto.randomUUID();
    const report = (error: unknown) => reportFailure(reportError, error, { requestId, path });
    const context = {
      verifier,
      scopeOf,
      tasks,
      headers: new Headers({ Authorization: `Bearer ${token}` }),
      url: new URL(path, "http://page.invalid"),
      requestId,
      report,
      countCall: limiter && countingCalls(limiter).countCall,
    };
    return createCaller(context, { onError: ({ error }) => void report(error) });
  };
}
