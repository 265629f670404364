import type { AccessTokenAlgorithm } from "../constants.ts";
import { keyId } from "../keys.ts";

const HMAC_SHA256 = { name: "HMAC", hash: "SHA-256" };

/** The keys that verify, by their `kid`; all of one algorithm. */
export interface KeyRing {
  readonly algorithm: AccessTokenAlgorithm;
  /** The key of this name, or undefined where there is none. Rejects where that cannot be told. */
  find(kid: string): Promise<CryptoKey | undefined>;
  /** Whether a key that was found before still counts, for tokens that it has verified. */
  trusts(kid: string, key: CryptoKey): boolean;
}

/** A ring of HMAC keys, which stay for good. Imports each once; none can be exported again. */
export function createHmacRing(material: readonly Promise<Uint8Array>[]): KeyRing {
  const keys = importAll(material);
  keys.catch(() => {});
  return {
    algorithm: "HS256",
    find: async (kid) => (await keys).get(kid),
    trusts: () => true,
  };
}

async function importAll(material: readonly Promise<Uint8Array>[]) {
  const entries = material.map(async (promise) => {
    const key = await promise;
    return [await keyId(key), await importHmacKey(key, "verify")] as const;
  });
  return new Map(await Promise.all(entries));
}

export function importHmacKey(key: Uint8Array, usage: "sign" | "verify"): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", new Uint8Array(key), HMAC_SHA256, false, [usage]);
}
