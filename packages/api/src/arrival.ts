import { BridgeError } from "@taskbridge/bridge";
import { DomainError, MAX_NAMED_TASKS } from "@taskbridge/contract";
import type { TaskService } from "@taskbridge/tasks";
import { TRPCError } from "@trpc/server";
import type { ApiRequest, ReadHeaders } from "./api-request.ts";
import type { CallsInFlight, EndTurn } from "./calls-in-flight.ts";
import { type ApiDeps, type Arrival, requestIdOf } from "./context.ts";
import { type Failure, failureOf } from "./errors.ts";
import { CallCount } from "./rate-limit.ts";
import { reportFailure } from "./report.ts";

/** What is the same for every request. */
export type Shared = Pick<ApiDeps, "verifier" | "scopeOf" | "reportError" | "limiter"> & {
  tasks: TaskService;
  callsInFlight: CallsInFlight;
};

/**
 * A request that has come to a door. A class, because one is made for each: functions that were made for
 * each would cost more than most refusals.
 */
export class ArrivedRequest implements Arrival {
  readonly verifier: Arrival["verifier"];
  readonly scopeOf: Arrival["scopeOf"];
  readonly tasks: TaskService;
  readonly headers: ReadHeaders;
  readonly url: URL;
  readonly requestId: string;
  readonly calls: CallCount | undefined;
  readonly #request: ApiRequest;
  readonly #callsInFlight: CallsInFlight;
  readonly #reportError: ApiDeps["reportError"];
  #outageTold = false;
  #named = 0;

  constructor(shared: Shared, request: ApiRequest, url: URL) {
    const { headers } = request;
    this.verifier = shared.verifier;
    this.scopeOf = shared.scopeOf;
    this.tasks = shared.tasks;
    this.headers = headers;
    this.url = url;
    this.requestId = requestIdOf(headers);
    this.calls = shared.limiter && new CallCount(shared.limiter);
    this.#request = request;
    this.#callsInFlight = shared.callsInFlight;
    this.#reportError = shared.reportError;
  }

  beginTurn(userId: string): EndTurn | Promise<EndTurn> {
    return this.#callsInFlight.begin(userId, () => this.#request.signal);
  }

  nameTasks(count: number): void {
    this.#named += count;
    if (this.#named <= MAX_NAMED_TASKS) return;
    const message = `The calls of a batch may name ${MAX_NAMED_TASKS} tasks together.`;
    throw new DomainError("validation_failed", message, [{ pointer: "/ids", message }]);
  }

  report(error: unknown): Failure {
    // All calls of a batch show the same token: why it cannot be verified is told once.
    const outage = isOutage(error);
    if (outage && this.#outageTold) return failureOf(error);
    this.#outageTold ||= outage;
    const where = { requestId: this.requestId, path: this.url.pathname };
    return reportFailure(this.#reportError, error, where);
  }
}

function isOutage(error: unknown): boolean {
  const cause = error instanceof TRPCError ? error.cause : error;
  return cause instanceof BridgeError && cause.status === 503;
}
