import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createVerifier, type VerifierOptions } from "../src/index.ts";
import { CLAIMS, encode, ISSUER, NOW } from "./helpers.ts";

// Made without the code under test, as helpers.ts makes the HS256 tokens: Node's own Ed25519.

export interface KeyPair {
  kid: string;
  privateKey: KeyObject;
  jwk: Record<string, unknown> & { x: string };
}

export function keyPair(kid: string): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  return { kid, privateKey, jwk: { kty: "OKP", crv: "Ed25519", alg: "EdDSA", x, kid } };
}

export const PAIR = keyPair("key-1");
export const EDDSA_HEADER = { alg: "EdDSA", typ: "at+jwt", kid: PAIR.kid };

/** The valid EdDSA token with changes; `undefined` takes a member away. */
export function mintEdDsa(
  changes: { header?: object; claims?: object; pair?: KeyPair } = {},
): string {
  const { pair = PAIR } = changes;
  const header = encode(JSON.stringify({ ...EDDSA_HEADER, kid: pair.kid, ...changes.header }));
  const input = `${header}.${encode(JSON.stringify({ ...CLAIMS, ...changes.claims }))}`;
  return `${input}.${encode(sign(null, Buffer.from(input), pair.privateKey))}`;
}

export const keySetVerifier = (options: Partial<VerifierOptions> = {}) =>
  createVerifier({
    jwks: async () => ({ keys: [PAIR.jwk] }),
    issuer: ISSUER,
    now: () => NOW * 1000,
    ...options,
  });
