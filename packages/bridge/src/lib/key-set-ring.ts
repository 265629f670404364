import {
  KEY_SET_COOLDOWN_SECONDS,
  KEY_SET_MAX_AGE_SECONDS,
  KEY_SET_STALE_SECONDS,
} from "../constants.ts";
import { isIdentifier } from "./claims.ts";
import type { KeyRing } from "./key-ring.ts";
import { importKeySet, type KeySet, type KeySetSource, keySetFetcher } from "./key-set.ts";

/**
 * A ring over a key set that changes: keys come with a rotation and go when their grace period ends.
 *
 * It is fetched at the first token, then in the background when it is `KEY_SET_MAX_AGE_SECONDS` old,
 * and at once for a `kid` that it lacks: a new key signs from the moment it exists. Such fetches are
 * at least `KEY_SET_COOLDOWN_SECONDS` apart, whoever sends tokens with invented names, and a token
 * that comes in between waits rather than being refused. When fetching fails, the keys that are
 * known count on until they are `KEY_SET_STALE_SECONDS` old; what needs a newer set is rejected.
 *
 * @param now milliseconds of a clock that is never set back, as `performance.now`
 */
export function createKeySetRing(
  source: KeySetSource,
  now: () => number = () => performance.now(),
): KeyRing {
  const fetchSet = keySetFetcher(source);
  let keys: KeySet = new Map();
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | undefined;

  const olderThan = (seconds: number) => now() - fetchedAt >= seconds * 1000;

  function refresh(): Promise<void> {
    fetching ??= fetchAfterCooldown().finally(() => {
      fetching = undefined;
    });
    return fetching;
  }

  async function fetchAfterCooldown(): Promise<void> {
    const pause = triedAt + KEY_SET_COOLDOWN_SECONDS * 1000 - now();
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    // As of the fetch's beginning: a key may go while the answer is on its way.
    triedAt = now();
    keys = await importKeySet(await fetchSet(), keys);
    fetchedAt = triedAt;
  }

  return {
    algorithm: "EdDSA",

    async find(kid) {
      if (!isIdentifier(kid)) return undefined;
      const askedAt = now();
      const lacking = () => olderThan(KEY_SET_STALE_SECONDS) || !keys.has(kid);
      // A fetch that began before this token came may have missed its key.
      while (lacking() && fetchedAt < askedAt) await refresh();
      if (olderThan(KEY_SET_MAX_AGE_SECONDS)) refresh().catch(() => {});
      return keys.get(kid)?.key;
    },

    trusts: (kid, key) => keys.get(kid)?.key === key && !olderThan(KEY_SET_MAX_AGE_SECONDS),
  };
}
