import { importJWK } from "jose";
import { KEY_SET_TIMEOUT_SECONDS } from "../constants.ts";

/** A JWK Set (RFC 7517 §5): where it is published, or how else to get it. */
export type KeySetSource = string | (() => Promise<unknown>);

/** A key set of this many keys or bytes is no honest one. */
const MAX_KEYS = 100;
const MAX_BYTES = 64 * 1024;

/** An Ed25519 public key is 32 bytes: 43 characters, the last with two unused bits. */
const ED25519_KEY = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** Turns either kind of source into the one; throws a TypeError on an address that cannot be trusted. */
export function keySetFetcher(source: KeySetSource): () => Promise<unknown> {
  if (typeof source === "function") return () => inTime(source());
  const url = readKeySetAddress(source);
  return async () => {
    const signal = AbortSignal.timeout(KEY_SET_TIMEOUT_SECONDS * 1000);
    const headers = { Accept: "application/jwk-set+json, application/json" };
    const response = await fetch(url, { redirect: "error", headers, signal });
    if (!response.ok) throw new Error(`The key set answered ${response.status}.`);
    const text = await response.text();
    if (text.length > MAX_BYTES) throw new Error("The key set is too long.");
    return JSON.parse(text);
  };
}

/** The address of a key set. Throws a TypeError on one that cannot be trusted. */
export function readKeySetAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url?.hostname ?? "");
  // Who can change the keys on their way can forge every token.
  if (!url || !(url.protocol === "https:" || (url.protocol === "http:" && loopback))) {
    throw new TypeError(
      "The key set's address must be https (http on the loopback alone); give a function to fetch it otherwise.",
    );
  }
  return url;
}

/** A source that never answers must not hold up every token from then on. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error("The key set did not come in time.")),
      KEY_SET_TIMEOUT_SECONDS * 1000,
    );
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** A public key, and its bytes as the set spells them. */
export interface PublicKey {
  readonly x: string;
  readonly key: CryptoKey;
}

export type KeySet = ReadonlyMap<string, PublicKey>;

/**
 * The Ed25519 keys of a set by their `kid`. RFC 7517 §5: "Implementations SHOULD ignore JWKs within a
 * JWK Set that use 'kty' values that are not understood by them, that are missing required members,
 * or for which values are out of the supported ranges." Throws where it is no key set at all.
 *
 * @param known the set before this one: a key that is in both stays the very same object
 */
export async function importKeySet(set: unknown, known: KeySet): Promise<KeySet> {
  const keys = (set as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(keys) || keys.length > MAX_KEYS) throw new Error("This is not a key set.");
  const usable = keys.filter(isEd25519);
  // RFC 7517 §4.5: distinct keys should have distinct names. Which of two was meant nobody can tell.
  const named = usable.filter(({ kid, x }) =>
    usable.every((other) => other.kid !== kid || other.x === x),
  );
  const entries = named.map(async ({ kid, x }) => {
    const before = known.get(kid);
    return [kid, before?.x === x ? before : { x, key: await importPublicKey(x) }] as const;
  });
  return new Map(await Promise.all(entries));
}

/** Only what makes the public key: nothing else in the set has a say in it. */
async function importPublicKey(x: string): Promise<CryptoKey> {
  return (await importJWK({ kty: "OKP", crv: "Ed25519", x }, "EdDSA")) as CryptoKey;
}

interface Ed25519Jwk {
  kid: string;
  x: string;
}

function isEd25519(key: unknown): key is Ed25519Jwk {
  if (typeof key !== "object" || key === null) return false;
  const { kty, crv, x, kid, alg = "EdDSA", use = "sig" } = key as Record<string, unknown>;
  const fits = kty === "OKP" && crv === "Ed25519" && alg === "EdDSA" && use === "sig";
  return fits && typeof kid === "string" && typeof x === "string" && ED25519_KEY.test(x);
}
