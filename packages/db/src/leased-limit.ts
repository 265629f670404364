import type { Limit, SharedLimits } from "./rate-limits.ts";

export interface CallTaken {
  allowed: boolean;
  /** How many calls are left, as far as this process knows. */
  left: number;
  /** Until the count begins anew, in milliseconds. */
  resetMs: number;
}

export interface LeasedLimit {
  readonly limit: Limit;
  /** Takes one call from what `key` may still do. Rejects where the database cannot be asked. */
  take(key: string): Promise<CallTaken>;
}

export interface LeasedLimitOptions extends Limit {
  /** Milliseconds of a clock that is never set back, as `performance.now`. */
  now?: (() => number) | undefined;
  /** How many keys are remembered at most (10 000). */
  maxKeys?: number | undefined;
}

/** What this process may hand out of a key's limit without asking again. */
interface Lease {
  here: number;
  /** How much nobody has leased yet, as the database said last. */
  elsewhere: number;
  endsAt: number;
  asking?: Promise<void> | undefined;
}

/** How many leases a limit is cut into: each costs a statement. */
const LEASES = 12;

/**
 * A limit that all processes on one database share, for calls too many to be counted there one by
 * one: each process leases a twelfth of it at a time, and counts that in memory. Never is more than
 * the limit handed out in a window; what one process has leased and does not use, another lacks.
 */
export function createLeasedLimit(
  shared: SharedLimits,
  { max, windowSeconds, now = () => performance.now(), maxKeys = 10_000 }: LeasedLimitOptions,
): LeasedLimit {
  const limit = { max, windowSeconds };
  const size = Math.ceil(max / LEASES);
  /** In the order in which they were begun, and so nearly that in which they end. */
  const leases = new Map<string, Lease>();

  function begin(key: string): Lease {
    leases.delete(key);
    for (const [old, { endsAt }] of leases) {
      if (endsAt > now() && leases.size < maxKeys) break;
      leases.delete(old);
    }
    const lease = { here: 0, elsewhere: max, endsAt: Number.POSITIVE_INFINITY };
    leases.set(key, lease);
    return lease;
  }

  async function ask(key: string, lease: Lease): Promise<void> {
    try {
      const { granted, left, resetMs } = await shared.take(`calls ${key}`, limit, size);
      lease.here += granted;
      lease.elsewhere = left;
      lease.endsAt = now() + resetMs;
    } finally {
      lease.asking = undefined;
    }
  }

  return {
    limit,
    async take(key) {
      for (;;) {
        const known = leases.get(key);
        const lease = known && known.endsAt > now() ? known : begin(key);
        const allowed = lease.here > 0;
        if (allowed || lease.elsewhere === 0) {
          if (allowed) lease.here -= 1;
          const resetMs = Math.max(0, lease.endsAt - now());
          return { allowed, left: lease.here + lease.elsewhere, resetMs };
        }
        // Calls that come at the same moment wait for one answer.
        lease.asking ??= ask(key, lease);
        await lease.asking;
      }
    },
  };
}
