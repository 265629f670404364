// `npm run bridge:key`: the access tokens' key alone (the keys, in a rotation), for a back end that
// may verify tokens but must not be able to forge login sessions.

import { readSettings } from "../apps/web/src/env.ts";
import { deriveKey, keyId } from "../packages/bridge/src/index.ts";
import { forTheReader } from "./lib/setup.mjs";

const textOf = (key: Uint8Array) => Buffer.from(key).toString("base64url");

try {
  const { secret, previousSecrets, algorithm, baseUrl } = readSettings();
  const accepted = new Set([secret, ...previousSecrets]);
  if (algorithm === "EdDSA") {
    const keys = await Promise.all(
      [...accepted].map(async (each) => textOf(await deriveKey(each))),
    );
    console.log(`For ACCESS_TOKEN_KEY of the API's own host, which signs its lists' cursors with it: it
verifies no token. Those of the previous secrets follow it.
${keys.join("\n")}

No key to hand out to others: the public keys are at ${baseUrl}/api/auth/jwks`);
  } else {
    for (const each of accepted) {
      const key = await deriveKey(each);
      const k = textOf(key);
      const jwk = { kty: "oct", alg: "HS256", use: "sig", kid: await keyId(key), k };
      if (each !== secret) console.log("\nof BETTER_AUTH_SECRETS_PREVIOUS:");
      console.log(`base64url  ${k}\nJWK        ${JSON.stringify(jwk)}`);
    }
  }
} catch (error) {
  console.error(forTheReader(error));
  process.exitCode = 1;
}
