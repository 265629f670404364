import { ACCESS_TOKEN_ALGORITHM } from "../constants.ts";
import { keyId } from "../keys.ts";

const HMAC_SHA256 = { name: "HMAC", hash: "SHA-256" };

/** The keys that verify, by their `kid`. */
export type KeyRing = ReadonlyMap<string, CryptoKey>;

/** Imports each key once; none can be exported again. */
export async function createKeyRing(keys: readonly Promise<Uint8Array>[]): Promise<KeyRing> {
  const entries = keys.map(async (promise) => {
    const key = await promise;
    return [await keyId(key), await importHmacKey(key, "verify")] as const;
  });
  return new Map(await Promise.all(entries));
}

export function importHmacKey(key: Uint8Array, usage: "sign" | "verify"): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", new Uint8Array(key), HMAC_SHA256, false, [usage]);
}

/** What jose may accept: the one algorithm. */
export const JOSE_OPTIONS = { algorithms: [ACCESS_TOKEN_ALGORITHM] };
