import type pg from "pg";
import { answersOneAtATime } from "./silence.ts";

/** How long what a user had of the database counts: this long at least, and twice that at most. */
const COUNTS_MS = 5_000;
/** What a statement that is still under way counts for. */
const UNDER_WAY_MS = 100;

/** Gives a turn back. Called once. */
export type EndTurn = () => void;

/** What one user has, had, and waits for. */
interface Share {
  underWay: number;
  waiting: number;
  recentMs: number;
  beforeMs: number;
}

interface Waiting {
  readonly share: Share;
  readonly expectedMs: number;
  readonly enter: () => void;
}

/**
 * Shares the connections to a database among users: of those who wait, the one who had the least of its time
 * lately is next, so that nobody waits for more than what is under way because of what others ask. Whoever is
 * alone has all of it.
 */
export class Turns {
  readonly #most: number;
  readonly #shares = new Map<string, Share>();
  readonly #line = new Set<Waiting>();
  #taken = 0;
  #since = performance.now();

  /** So many have a turn at a time. */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * A turn at once where there is one, in line otherwise: further back if it is expected to take long. Rejects where
   * none comes within `waitMs`.
   */
  begin(userId: string, waitMs: number, expectedMs = 0): EndTurn | Promise<EndTurn> {
    this.#forget();
    const share = this.#shares.get(userId) ?? newShare();
    this.#shares.set(userId, share);
    return this.#taken < this.#most
      ? this.#take(share)
      : this.#lineUp(share, { waitMs, expectedMs });
  }

  #lineUp(share: Share, { waitMs, expectedMs }: { waitMs: number; expectedMs: number }) {
    return new Promise<EndTurn>((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        this.#line.delete(waiting);
        share.waiting -= 1;
      };
      const enter = () => {
        leave();
        resolve(this.#take(share));
      };
      const timer = setTimeout(() => {
        leave();
        reject(new Error("timeout exceeded when trying to connect"));
      }, waitMs);
      const waiting = { share, expectedMs, enter };
      this.#line.add(waiting);
      share.waiting += 1;
    });
  }

  #take(share: Share): EndTurn {
    this.#taken += 1;
    share.underWay += 1;
    const since = performance.now();
    return () => {
      this.#taken -= 1;
      share.underWay -= 1;
      share.recentMs += performance.now() - since;
      this.#admit();
    };
  }

  #admit(): void {
    let next: Waiting | undefined;
    // Among equals the one that lined up first.
    for (const waiting of this.#line) if (!next || costOf(waiting) < costOf(next)) next = waiting;
    next?.enter();
  }

  #forget(): void {
    const now = performance.now();
    const passedMs = now - this.#since;
    if (passedMs < COUNTS_MS) return;
    this.#since = now;
    for (const [userId, share] of this.#shares) {
      share.beforeMs = passedMs < 2 * COUNTS_MS ? share.recentMs : 0;
      share.recentMs = 0;
      const isIdle = share.underWay + share.waiting === 0;
      if (isIdle && share.beforeMs === 0) this.#shares.delete(userId);
    }
  }
}

const newShare = (): Share => ({ underWay: 0, waiting: 0, recentMs: 0, beforeMs: 0 });

const costOf = ({ expectedMs, share: { recentMs, beforeMs, underWay } }: Waiting) =>
  expectedMs + recentMs + beforeMs + underWay * UNDER_WAY_MS;

const turns = new WeakMap<pg.Pool, Turns>();

/** The turns at a pool, which leave one of its connections to the process's own statements. */
export function turnsAt(pool: pg.Pool): Turns {
  const known = turns.get(pool);
  if (known) return known;
  // One that answers one at a time would have the others wait in a line in which nobody is anybody.
  const made = new Turns(answersOneAtATime(pool) ? 1 : Math.max(1, pool.options.max - 1));
  turns.set(pool, made);
  return made;
}
