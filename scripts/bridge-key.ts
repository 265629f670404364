// `npm run bridge:key`: the access tokens' key alone (the keys, in a rotation), for a back end that
// may verify tokens but must not be able to forge login sessions.

import { readSettings } from "../apps/web/src/env.ts";
import { deriveKey, keyId } from "../packages/bridge/src/index.ts";
import { forTheReader } from "./lib/setup.mjs";

try {
  const { secret, previousSecrets, algorithm, baseUrl } = readSettings();
  if (algorithm === "EdDSA") {
    console.log(`No key to hand out: the public keys are at ${baseUrl}/api/auth/jwks`);
  } else {
    for (const each of new Set([secret, ...previousSecrets])) {
      const key = await deriveKey(each);
      const k = Buffer.from(key).toString("base64url");
      const jwk = { kty: "oct", alg: "HS256", use: "sig", kid: await keyId(key), k };
      if (each !== secret) console.log("\nof BETTER_AUTH_SECRETS_PREVIOUS:");
      console.log(`base64url  ${k}\nJWK        ${JSON.stringify(jwk)}`);
    }
  }
} catch (error) {
  console.error(forTheReader(error));
  process.exitCode = 1;
}
