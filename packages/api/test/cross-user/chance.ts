/** Numbers that a seed decides. */
export interface Chance {
  /** A whole number from 0 to just below `limit`. */
  below(limit: number): number;
  of<T>(list: readonly T[]): T;
  /** Whether this is one time in so many. */
  oneIn(times: number): boolean;
}

/** Mulberry32. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  return {
    below,
    of: <T>(list: readonly T[]): T => {
      if (list.length === 0) throw new RangeError("There is nothing to choose from.");
      return list[below(list.length)] as T;
    },
    oneIn: (times) => below(times) === 0,
  };
}
