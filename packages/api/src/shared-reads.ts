/** What tells the reads of one request apart. */
interface Read {
  userId: string;
  path: string;
  input: unknown;
}

/**
 * The reads of one batch, of which those that ask the very same are carried out once: none of them has been
 * answered yet, so the answer is as new as each may expect. Each call has shown its token and was counted
 * before it comes here.
 */
export class SharedReads {
  readonly #running = new Map<string, Promise<unknown>>();

  /** Joins a read that is under way, or begins it; a failure is that of all who have joined. */
  join<Result>({ userId, path, input }: Read, begin: () => Promise<Result>): Promise<Result> {
    // As a list's member, no input at all reads as null does; it is another one.
    const key = JSON.stringify([userId, path, input === undefined, input]);
    const running = this.#running.get(key) ?? begin();
    this.#running.set(key, running);
    return running as Promise<Result>;
  }
}
