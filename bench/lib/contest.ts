import { type Asked, load, type Measured, medianOf } from "./load.ts";

/** One service, asked one thing. */
export interface Entrant {
  name: string;
  url: string;
  asked: () => Asked;
  /** How many calls a request is. */
  calls?: number;
}

export interface Rounds {
  count: number;
  seconds: number;
}

/**
 * Loads each entrant in turn, several times over, so that what the machine does besides falls on all of
 * them alike. By name, the medians.
 */
export async function contest(
  entrants: readonly Entrant[],
  { count, seconds }: Rounds,
): Promise<Map<string, Measured>> {
  for (const { url, asked } of entrants) await load(url, asked(), 1);
  const rounds = new Map<string, Measured[]>();
  for (let round = 0; round < count; round++) {
    // Another one begins each time, so that none always follows the same one.
    for (const turn of entrants.keys()) {
      const entrant = entrants[(turn + round) % entrants.length] as Entrant;
      const { name, url, asked, calls = 1 } = entrant;
      const { perSecond, p50, p99 } = await load(url, asked(), seconds);
      rounds.set(name, [...(rounds.get(name) ?? []), { perSecond: perSecond * calls, p50, p99 }]);
    }
  }
  return new Map([...rounds].map(([name, measured]) => [name, medianOf(measured)]));
}
