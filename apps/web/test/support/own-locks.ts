type Work = (lock: object) => Promise<void>;
interface Waiting {
  work: Work;
  resolve: () => void;
  reject: (error: unknown) => void;
}

const aborted = () => new DOMException("The lock was taken.", "AbortError");

/** As much of the Web Locks API as pages use, of one lock: Node has none before version 24. */
export class OwnLocks {
  #holder: Waiting | undefined;
  #waiting: Waiting[] = [];

  request(
    _: string,
    { signal, steal = false }: { signal?: AbortSignal; steal?: boolean },
    work: Work,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const mine = { work, resolve, reject };
      if (steal) {
        this.#holder?.reject(aborted());
        this.#holder = undefined;
        this.#waiting.unshift(mine);
      } else this.#waiting.push(mine);
      signal?.addEventListener("abort", () => {
        if (!this.#waiting.includes(mine)) return;
        this.#waiting = this.#waiting.filter((other) => other !== mine);
        reject(signal.reason);
      });
      this.#next();
    });
  }

  #next() {
    if (this.#holder) return;
    const next = this.#waiting.shift();
    if (!next) return;
    this.#holder = next;
    const end = () => {
      if (this.#holder !== next) return;
      this.#holder = undefined;
      this.#next();
    };
    void next.work({}).then(next.resolve, next.reject).finally(end);
  }
}
