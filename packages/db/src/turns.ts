import type pg from "pg";

/** What a statement is taken for before it is known how long it took. */
const EXPECTED_MS = 20;
/** Nobody waits by the clock for more than about this while others are served who have had less. */
const MOST_BEHIND_MS = 2_000;
/** Who has spent this part of their patience is next, whatever they had before. */
const HURRIES_AFTER = 0.6;
/** For so long at least what a user had counts, where they ask for nothing more. */
const FORGET_AFTER_MS = 5_000;

/** Gives a turn back. Called once. */
export type EndTurn = () => void;

/** A user's place in time: how much they have had, in the milliseconds that whoever waits has had. */
interface Share {
  hadMs: number;
  open: number;
}

interface Waiting {
  readonly untilMs: number;
  /** By the clock; from then on nobody goes before who came later. */
  readonly hurriesAt: number;
  readonly enter: () => void;
}

/**
 * Shares the connections to a database among users, by start-time fair queueing (P. Goyal et al., 1996): of those
 * who wait, the one who had the least of its time is next, whatever the others ask for. Whoever is alone has all of
 * it, and owes nobody anything for that.
 */
export class Turns {
  readonly #most: number;
  readonly #shares = new Map<string, Share>();
  readonly #line = new Set<Waiting>();
  #taken = 0;
  /** Whether the last turn went to who had waited longest, whatever they had before. */
  #hurried = false;
  /** How much those have had who were served last; whoever comes has had as much. */
  #nowMs = 0;
  #looked = performance.now();

  /** So many have a turn at a time. */
  constructor(most: number) {
    this.#most = most;
  }

  /** A turn at once where there is one, in line otherwise. Rejects where none comes within `waitMs`. */
  begin(userId: string, waitMs: number): EndTurn | Promise<EndTurn> {
    this.#forget();
    const share = this.#shares.get(userId) ?? { hadMs: 0, open: 0 };
    this.#shares.set(userId, share);
    share.open += 1;
    const fromMs = Math.min(Math.max(this.#nowMs, share.hadMs), this.#nowMs + this.#mostBehindMs());
    share.hadMs = fromMs + EXPECTED_MS;
    const take = () => this.#take(share, fromMs);
    if (this.#taken < this.#most) return take();
    return new Promise((resolve, reject) => {
      const enter = () => {
        clearTimeout(timer);
        this.#line.delete(waiting);
        resolve(take());
      };
      const waiting = {
        untilMs: share.hadMs,
        hurriesAt: performance.now() + HURRIES_AFTER * waitMs,
        enter,
      };
      this.#line.add(waiting);
      const timer = setTimeout(() => {
        this.#line.delete(waiting);
        share.open -= 1;
        share.hadMs -= EXPECTED_MS;
        reject(new Error("timeout exceeded when trying to connect"));
      }, waitMs);
    });
  }

  #take(share: Share, fromMs: number): EndTurn {
    this.#taken += 1;
    this.#nowMs = Math.max(this.#nowMs, fromMs);
    const since = performance.now();
    return () => {
      this.#taken -= 1;
      share.open -= 1;
      const hadMs = share.hadMs + performance.now() - since - EXPECTED_MS;
      share.hadMs = Math.min(hadMs, this.#nowMs + this.#mostBehindMs());
      this.#admit();
    };
  }

  /** In the time that is shared, of which each has so much less by the clock as there are others. */
  #mostBehindMs(): number {
    return (MOST_BEHIND_MS * this.#most) / (this.#line.size + 1);
  }

  #admit(): void {
    let [next] = this.#line;
    // Every second time at most: where more is asked for than can be done, everybody's patience is nearly spent.
    this.#hurried = !this.#hurried && next !== undefined && next.hurriesAt <= performance.now();
    if (!this.#hurried) {
      // Among equals the one that lined up first.
      for (const waiting of this.#line) if (next && waiting.untilMs < next.untilMs) next = waiting;
    }
    next?.enter();
  }

  #forget(): void {
    const now = performance.now();
    if (now - this.#looked < FORGET_AFTER_MS) return;
    this.#looked = now;
    for (const [userId, { open }] of this.#shares) if (open === 0) this.#shares.delete(userId);
  }
}

const turns = new WeakMap<pg.Pool, Turns>();

/** The turns at a pool, which leave one of its connections to the process's own statements. */
export function turnsAt(pool: pg.Pool): Turns {
  const known = turns.get(pool);
  if (known) return known;
  const made = new Turns(Math.max(1, pool.options.max - 1));
  turns.set(pool, made);
  return made;
}
