/**
 * A bounded memory of verified tokens. The key is the whole token, so that no collision of any hash
 * can hand over another token's claims.
 *
 * Two generations: when the young one has taken half of the size, it becomes the old one and the old
 * one is dropped. What is asked for moves to the young one, so tokens in use stay; a hit costs one
 * lookup, two at most, and nothing is ever swept.
 */
export class TokenCache<T> {
  readonly #generationSize: number;
  #young = new Map<string, T>();
  #old = new Map<string, T>();

  /** @param size how many tokens at most; 0 remembers none */
  constructor(size: number) {
    if (!Number.isSafeInteger(size) || size < 0) {
      throw new TypeError("The cache size must be a whole number, 0 or more.");
    }
    this.#generationSize = Math.ceil(size / 2);
  }

  get(token: string): T | undefined {
    const young = this.#young.get(token);
    if (young !== undefined) return young;
    const old = this.#old.get(token);
    if (old !== undefined) this.set(token, old);
    return old;
  }

  set(token: string, value: T): void {
    if (this.#generationSize === 0) return;
    if (this.#young.size >= this.#generationSize) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(token, value);
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }
}
