import { deriveSubkey } from "@taskbridge/bridge";
import { type Db, isSecretAnother, keepSecretFingerprint } from "@taskbridge/db";
import type { TokenKeys } from "./keys.ts";
import { log } from "./log/log.ts";

/** The secret has just been made up, and the data has accounts that signed in with another. */
export class SecretLostError extends Error {
  override readonly name = "SecretLostError";
}

const another =
  "The data was made with another BETTER_AUTH_SECRET. Everybody is signed out, and nothing else is lost. If that is a mistake, stop, and set BETTER_AUTH_SECRET to the one of before, or put it into BETTER_AUTH_SECRETS_PREVIOUS.";

const lost =
  "The data was made with another BETTER_AUTH_SECRET, and .env, which had it, is gone. Put .env back, or write one with that secret (BETTER_AUTH_SECRET=…). If it is lost for good, write one with a new secret, of at least 32 characters: everybody then signs in again, and nothing else is lost.";

/**
 * Tells secrets apart, and nothing else: derived once more from the access tokens' key, so that a host that
 * has the key alone knows it too, and whoever reads it in the database has neither.
 */
async function fingerprintOf(key: Uint8Array): Promise<string> {
  const derived = await deriveSubkey(key, "taskbridge/secret-fingerprint/v1");
  return Buffer.from(derived).toString("base64url");
}

const fingerprintsOf = ({ key, previousKeys }: TokenKeys) =>
  Promise.all([key, ...previousKeys].map(fingerprintOf));

/**
 * Says so where the data was made with a secret that is none of those set, and remembers the current one.
 * Rejects with `SecretLostError`, before anybody is signed out, where nobody has chosen the current one.
 */
export async function checkSecret(
  db: Db,
  keys: TokenKeys,
  { isFresh = false } = {},
): Promise<void> {
  const accepted = await fingerprintsOf(keys);
  if (await isSecretAnother(db, accepted, { unknown: isFresh })) {
    if (isFresh) throw new SecretLostError(lost);
    log("warn", another);
  }
  await keepSecretFingerprint(db, accepted[0] ?? "");
}

/** Says so where a host that only verifies has keys that are none of those that tokens are signed with. */
export async function compareKeys(db: Db, keys: TokenKeys): Promise<void> {
  if (!(await isSecretAnother(db, await fingerprintsOf(keys)))) return;
  log(
    "warn",
    "The web host signs with another secret: tokens will be refused here. Set its BETTER_AUTH_SECRET, or the ACCESS_TOKEN_KEY that `npm run bridge:key` prints there.",
  );
}
