import { assertKey, deriveKey } from "../keys.ts";
import { assertStrongSecret, WeakSecretError } from "../secret.ts";

/** Where a key comes from: the shared secret, or the derived key alone. Exactly one of the two. */
export interface KeyOptions {
  /** The shared secret; the key is derived from it. */
  secret?: string | undefined;
  /** The derived key, for a back end that must not hold the secret. */
  key?: Uint8Array | undefined;
}

/** Checks at once, with an exception if need be; derives in its own time. */
export function readKey({ secret, key }: KeyOptions, name?: string): Promise<Uint8Array> {
  if (key !== undefined) {
    if (secret !== undefined) throw new TypeError("Give either a secret or a key, not both.");
    return Promise.resolve(readRawKey(key));
  }
  assertStrongSecret(secret, name);
  return quiet(deriveKey(secret));
}

export function readRawKey(key: Uint8Array): Uint8Array {
  const copy = assertKey(key);
  if (copy.every((byte) => byte === copy[0])) {
    throw new WeakSecretError("The key is one byte repeated: give it the derived key.");
  }
  return copy;
}

/** Lets a promise fail where it is awaited, not as an unhandled rejection before that. */
export function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** RFC 9068 §4 compares issuers as strings: only one spelling may exist, that of an origin. */
export function assertOrigin(issuer: string): string {
  const origin = URL.canParse(issuer) ? new URL(issuer).origin : null;
  if (origin !== issuer) {
    throw new TypeError("The issuer must be an origin, such as https://tasks.example.");
  }
  return issuer;
}

export function assertAudience(audience: string): string {
  if (typeof audience !== "string" || audience === "") {
    throw new TypeError("The audience must be a string that is not empty.");
  }
  return audience;
}
