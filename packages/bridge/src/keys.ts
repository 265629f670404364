import { base64url } from "jose";
import { ACCESS_TOKEN_KEY_INFO, KEY_BYTES } from "./constants.ts";
import { assertStrongSecret } from "./secret.ts";

const encoder = new TextEncoder();

/**
 * The access tokens' key: HKDF-SHA256 (RFC 5869) of the shared secret, empty salt, 32 bytes.
 *
 * The secret itself signs other JWTs for other ends. RFC 8725 §3.12 wants such kinds of tokens to be
 * mutually exclusive; with a key of its own no token of one kind can ever pass as the other, and who
 * holds this key alone can verify access tokens but cannot forge what the secret protects.
 *
 * Rejects with `WeakSecretError` a secret that `assertStrongSecret` refuses.
 */
export async function deriveKey(secret: string): Promise<Uint8Array<ArrayBuffer>> {
  assertStrongSecret(secret);
  return hkdf(encoder.encode(secret), ACCESS_TOKEN_KEY_INFO);
}

/** A key for another end (signing cursors, say), which tells nothing about `key`. */
export async function deriveSubkey(
  key: Uint8Array,
  info: string,
): Promise<Uint8Array<ArrayBuffer>> {
  if (info === "") throw new TypeError("A subkey needs an info string that says what it is for.");
  return hkdf(assertKey(key), info);
}

/** The `kid` of a key: the first 16 characters of base64url(SHA-256(key)). */
export async function keyId(key: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(key));
  return base64url.encode(new Uint8Array(digest)).slice(0, 16);
}

/** A copy of a key of the right size, so that nobody changes it afterwards. */
export function assertKey(key: Uint8Array): Uint8Array<ArrayBuffer> {
  if (!(key instanceof Uint8Array) || key.length !== KEY_BYTES) {
    throw new TypeError(`The key must be a Uint8Array of ${KEY_BYTES} bytes.`);
  }
  return new Uint8Array(key);
}

async function hkdf(material: Uint8Array<ArrayBuffer>, info: string) {
  const base = await crypto.subtle.importKey("raw", material, "HKDF", false, ["deriveBits"]);
  const parameters = {
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(),
    info: encoder.encode(info),
  };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, base, KEY_BYTES * 8));
}
