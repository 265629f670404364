import { setMaxListeners } from "node:events";
import { ProtocolError } from "./errors.ts";

/** How many calls of one user a process works at, and how many more it lets wait for that. */
export const MAX_CALLS_IN_FLIGHT = 8;
const MAX_WAITING = 1_000;
/** As long as a request waits for a connection: what it is still worth to whoever asked. */
const WAIT_MS = 4_000;

/** Ends a call's turn. Does nothing the second time. */
export type EndTurn = () => void;

interface Bounds {
  most?: number;
  waiting?: number;
  waitMs?: number;
}

/**
 * Lets each user have so many calls under way in this process, and the next ones wait in the order in which
 * they came. Nobody waits for another user's.
 */
export class CallsInFlight {
  readonly #lines = new Map<string, Line>();
  readonly #bounds: Required<Bounds>;

  constructor({
    most = MAX_CALLS_IN_FLIGHT,
    waiting = MAX_WAITING,
    waitMs = WAIT_MS,
  }: Bounds = {}) {
    this.#bounds = { most, waiting, waitMs };
  }

  /**
   * Begins a call's turn: at once where there is room, without a promise, since most calls are alone.
   * Rejects where too many wait, where it takes too long, or when the caller goes away.
   */
  begin(userId: string, signalOf?: () => AbortSignal | undefined): EndTurn | Promise<EndTurn> {
    const line = this.#lines.get(userId) ?? new Line(() => this.#lines.delete(userId));
    this.#lines.set(userId, line);
    return line.begin(this.#bounds, signalOf);
  }
}

class Line {
  readonly #onEmpty: () => void;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor(onEmpty: () => void) {
    this.#onEmpty = onEmpty;
  }

  begin(bounds: Required<Bounds>, signalOf?: () => AbortSignal | undefined) {
    if (this.#running >= bounds.most) return this.#wait(bounds, signalOf?.());
    this.#running += 1;
    return this.#turn();
  }

  #turn(): EndTurn {
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      const [next] = this.#waiting;
      // Whoever is next takes the place over: there is no moment in which another could.
      if (next) next();
      else if (--this.#running === 0) this.#onEmpty();
    };
  }

  async #wait({ waiting, waitMs }: Required<Bounds>, signal?: AbortSignal): Promise<EndTurn> {
    if (this.#waiting.size >= waiting) throw tooMany();
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(enter);
        clearTimeout(timer);
        signal?.removeEventListener("abort", giveUp);
      };
      const enter = () => {
        leave();
        resolve(this.#turn());
      };
      const giveUp = () => {
        leave();
        reject(tooMany());
      };
      const timer = setTimeout(giveUp, waitMs);
      this.#waiting.add(enter);
      // As many as a batch has calls listen to the one signal.
      if (signal) setMaxListeners(0, signal);
      signal?.addEventListener("abort", giveUp, { once: true });
      if (signal?.aborted) giveUp();
    });
  }
}

const tooMany = () =>
  new ProtocolError(
    "too_many_calls_at_once",
    `Too many of your calls are under way at once; ${MAX_CALLS_IN_FLIGHT} are worked at, and others wait.`,
    { "Retry-After": "1" },
  );

/**
 * The same pieces; the turn ends when there are no more, or nobody wants them. No generator function: one that
 * is ended before its first step runs nothing of itself, its `finally` neither.
 */
export function untilEnd<T>(pieces: AsyncIterable<T>, end: EndTurn): AsyncGenerator<T, void> {
  const inner = pieces[Symbol.asyncIterator]();
  const step = async (taken: Promise<IteratorResult<T>>): Promise<IteratorResult<T, void>> => {
    try {
      const result = await taken;
      if (result.done) end();
      return result;
    } catch (error) {
      end();
      throw error;
    }
  };
  const stop = async (): Promise<IteratorResult<T, void>> => {
    try {
      await inner.return?.();
    } finally {
      end();
    }
    return { done: true, value: undefined };
  };
  return {
    next: () => step(inner.next()),
    return: stop,
    throw: async (error: unknown) => {
      await stop();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => void (await stop()),
  } as AsyncGenerator<T, void>;
}

/** The same body; the turn ends with it. */
export function untilRead(
  body: ReadableStream<Uint8Array>,
  end: EndTurn,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { value, done } = await reader.read();
          if (!done) return controller.enqueue(value);
          end();
          controller.close();
        } catch (error) {
          end();
          controller.error(error);
        }
      },
      async cancel(reason) {
        // Only then: what made the body may still be at work.
        await reader.cancel(reason).finally(end);
      },
    },
    { highWaterMark: 0 },
  );
}
