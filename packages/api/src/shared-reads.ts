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
    const said = textOfInput(input);
    if (said === undefined) return begin();
    const key = JSON.stringify([userId, path, said]);
    const running = this.#running.get(key) ?? begin();
    this.#running.set(key, running);
    return running as Promise<Result>;
  }
}

/**
 * Undefined where it does not tell an input from all others: null is written for what JSON has no word for,
 * such as 1e400. And where it is nested more deeply than it can be written; it can still be read and refused.
 */
function textOfInput(input: unknown): string | undefined {
  if (input === undefined) return "";
  try {
    const text = JSON.stringify(input);
    return text.includes("null") ? undefined : text;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
