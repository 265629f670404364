import { createHash, createHmac, hkdfSync } from "node:crypto";
import { expect } from "vitest";
import {
  BridgeError,
  type BridgeErrorCode,
  bridgeErrors,
  createVerifier,
  type VerifierOptions,
} from "../src/index.ts";

// Everything here is made without the code under test: Node's own HKDF and HMAC.

export const SECRET = "8f0d2c5be17a4963b0d6c3f19e5a7724c1d8e6402f9b3a75";
export const OTHER_SECRET = "Zk3vQ9wLx7TnB5yR2hJ8mC4pD6sF1gKa0uEiOoXzVbNq";
export const ISSUER = "http://localhost:3000";
/** Base64url's. */
export const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** The frozen time, in seconds. */
export const NOW = 1_800_000_000;

export const keyOf = (secret: string, info = "taskbridge/access-token/v1") =>
  Buffer.from(hkdfSync("sha256", secret, "", info, 32));
export const kidOf = (key: Uint8Array) =>
  createHash("sha256").update(key).digest("base64url").slice(0, 16);

export const KEY = keyOf(SECRET);
export const KID = kidOf(KEY);

export const HEADER = { alg: "HS256", typ: "at+jwt", kid: KID };
export const CLAIMS = {
  sub: "user-1",
  user_id: "user-1",
  sid: "session-1",
  jti: "token-1",
  iss: ISSUER,
  aud: "taskbridge-api",
  iat: NOW - 10,
  exp: NOW + 890,
};

export const encode = (part: string | Uint8Array) => Buffer.from(part).toString("base64url");

export const macOf = (input: string, key: string | Uint8Array = KEY, hash = "sha256") =>
  createHmac(hash, key).update(input).digest();

/** A token of these very texts (or bytes), rightly signed. */
export function signText(
  header: string | Uint8Array,
  payload: string | Uint8Array,
  key: string | Uint8Array = KEY,
  hash = "sha256",
): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${macOf(input, key, hash).toString("base64url")}`;
}

/** The valid token with changes; `undefined` takes a member away. */
export function mint(
  changes: { header?: object; claims?: object; key?: string | Uint8Array; hash?: string } = {},
): string {
  const header = JSON.stringify({ ...HEADER, ...changes.header });
  const claims = JSON.stringify({ ...CLAIMS, ...changes.claims });
  return signText(header, claims, changes.key, changes.hash);
}

/** The valid claims as text, with further text before the closing brace. */
export const claimsText = (more = "") =>
  `${JSON.stringify(CLAIMS).slice(0, -1)}${more && `,${more}`}}`;
export const headerText = (more = "") =>
  `${JSON.stringify(HEADER).slice(0, -1)}${more && `,${more}`}}`;

export const verifierOf = (options: Partial<VerifierOptions> = {}) =>
  createVerifier({ secret: SECRET, issuer: ISSUER, now: () => NOW * 1000, ...options });

const verifier = verifierOf();

/** What the token gives, when it is accepted. */
export const accessOf = (token: string, by = verifier) => by.verify(token);

/** The error, when the token is refused with this code. */
export async function refusalOf(token: unknown, code: BridgeErrorCode, by = verifier) {
  const error = await by.verify(token as string).then(
    () => expect.fail("The token was accepted."),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof BridgeError)) throw error;
  expect(error.code).toBe(code);
  expect(error.status).toBe(bridgeErrors[code].status);
  return error;
}

export async function expectAccepted(token: string, by = verifier): Promise<void> {
  await accessOf(token, by);
}

export async function expectRefused(token: unknown, code: BridgeErrorCode, by = verifier) {
  expect(await refusalOf(token, code, by)).toBeInstanceOf(BridgeError);
}

/** Whether it is accepted. Fails on anything thrown that is not a `BridgeError`. */
export const accepted = (input: unknown): Promise<boolean> =>
  verifier.verify(input as string).then(
    () => true,
    (error: unknown) => {
      if (error instanceof BridgeError) return false;
      throw error;
    },
  );

/** For properties, where the code of the refusal depends on what is drawn. */
export async function refuses(input: unknown): Promise<void> {
  expect(await accepted(input)).toBe(false);
}
