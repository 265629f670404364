import { ProtocolError } from "./errors.ts";

/** So many calls of each user in so long. */
export interface CallLimiter {
  readonly limit: { max: number; windowSeconds: number };
  /**
   * Takes one call from what the user may still make. Rejects where it cannot tell.
   *
   * @returns how many are left, and in how many milliseconds the count begins anew
   */
  take: (userId: string) => Promise<{ allowed: boolean; left: number; resetMs: number }>;
}

/**
 * Counts the calls of one request, several where it is a batch, and says in its answer's headers what
 * is left, as draft-ietf-httpapi-ratelimit-headers-10 has it.
 */
export class CallCount {
  readonly #limiter: CallLimiter;
  #told: { left: number; seconds: number } | undefined;

  constructor(limiter: CallLimiter) {
    this.#limiter = limiter;
  }

  /** Of a user whose token was verified. Throws `rate_limited` for a call too many. */
  async count(userId: string): Promise<void> {
    const { allowed, left, resetMs } = await this.#limiter.take(userId);
    const seconds = Math.max(1, Math.ceil(resetMs / 1000));
    this.#told = { left, seconds };
    if (allowed) return;
    const wait = `${seconds} ${seconds === 1 ? "second" : "seconds"}`;
    // "The reset keyword value SHOULD reference the same point in time as the Retry-After field" (§5).
    throw new ProtocolError("rate_limited", `Too many calls; try again in ${wait}.`, {
      "Retry-After": String(seconds),
    });
  }

  /** Nothing is said to those whose calls were not counted: without a token there is no user. */
  tell(headers: Record<string, string>): void {
    if (!this.#told) return;
    const { max, windowSeconds } = this.#limiter.limit;
    headers["RateLimit-Policy"] = `"default";q=${max};w=${windowSeconds}`;
    headers.RateLimit = `"default";r=${this.#told.left};t=${this.#told.seconds}`;
  }
}
