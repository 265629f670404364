/** The browser's storage of one site, for pages that share it; `room` is how many characters fit. */
export class MemoryStorage {
  readonly #room: () => number;

  constructor(room: () => number = () => Number.POSITIVE_INFINITY) {
    this.#room = room;
  }

  getItem(name: string): string | null {
    return (this.#items[name] as string | undefined) ?? null;
  }

  setItem(name: string, text: string) {
    const others = Object.entries(this.#items).filter(([other]) => other !== name);
    const taken = others.reduce((sum, [key, value]) => sum + key.length + value.length, 0);
    if (taken + name.length + text.length > this.#room()) {
      throw new DOMException("There is no room.", "QuotaExceededError");
    }
    this.#items[name] = text;
  }

  removeItem(name: string) {
    delete this.#items[name];
  }

  /** As browsers have it: items are members. */
  get #items() {
    return this as unknown as Record<string, string>;
  }
}
