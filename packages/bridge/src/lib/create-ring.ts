import { type KeyOptions, readKey, readRawKey } from "./key-options.ts";
import { createHmacRing, type KeyRing } from "./key-ring.ts";
import type { KeySetSource } from "./key-set.ts";
import { createKeySetRing } from "./key-set-ring.ts";

/** Whose tokens a verifier accepts. */
export interface RingOptions extends KeyOptions {
  /** Secrets that were current before and whose tokens are still accepted. */
  previousSecrets?: readonly string[] | undefined;
  /** The same for derived keys. */
  previousKeys?: readonly Uint8Array[] | undefined;
  /**
   * In place of a secret or key: the public keys of an issuer that signs with EdDSA, as the address
   * of its key set (https) or a function that fetches it. A verifier of these accepts EdDSA alone,
   * one of a secret or key HS256 alone.
   */
  jwks?: KeySetSource | undefined;
}

/** Throws at once where the options name no key, a weak one, or two kinds of them. */
export function createRing(options: RingOptions): KeyRing {
  const { secret, key, jwks, previousSecrets = [], previousKeys = [] } = options;
  if (jwks === undefined) {
    return createHmacRing([
      readKey(options),
      ...previousSecrets.map((previous, at) =>
        readKey({ secret: previous }, `Previous secret ${at + 1}`),
      ),
      ...previousKeys.map((previous) => Promise.resolve(readRawKey(previous))),
    ]);
  }
  const shared = [secret, key, ...previousSecrets, ...previousKeys];
  if (shared.some((given) => given !== undefined)) {
    throw new TypeError("Give either a key set, or secrets and keys, not both.");
  }
  return createKeySetRing(jwks);
}
