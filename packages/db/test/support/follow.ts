import { type RevocationFollower, RevocationsStaleError } from "../../src/index.ts";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits, looking every 20 ms, until `holds`; returns how long it took, in milliseconds. */
export async function until(holds: () => boolean, withinMs = 1_000): Promise<number> {
  const startedAt = performance.now();
  while (!holds()) {
    if (performance.now() - startedAt > withinMs) throw new Error(`Not within ${withinMs} ms.`);
    await sleep(20);
  }
  return performance.now() - startedAt;
}

export function isStale(follower: RevocationFollower): boolean {
  try {
    follower.isRevoked("any session");
    return false;
  } catch (error) {
    if (error instanceof RevocationsStaleError) return true;
    throw error;
  }
}
