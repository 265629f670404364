// `npm run bridge:key`: the access tokens' key alone, for a back end that may verify tokens but must
// not be able to forge login sessions.

import { readSettings } from "../apps/web/src/env.ts";
import { deriveKey, keyId } from "../packages/bridge/src/index.ts";
import { forTheReader } from "./lib/setup.mjs";

try {
  const key = await deriveKey(readSettings().secret);
  const k = Buffer.from(key).toString("base64url");
  const jwk = { kty: "oct", alg: "HS256", use: "sig", kid: await keyId(key), k };
  console.log(`base64url  ${k}\nJWK        ${JSON.stringify(jwk)}`);
} catch (error) {
  console.error(forTheReader(error));
  process.exitCode = 1;
}
