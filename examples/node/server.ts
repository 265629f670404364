// Another back end in Node: the same token, with `@taskbridge/bridge` alone. With BRIDGE_JWKS_URL in
// place of the secret it verifies what BRIDGE_ALG=EdDSA signs, by the public keys.
// BETTER_AUTH_URL=http://localhost:3000 BETTER_AUTH_SECRET=... PORT=8001 node --import tsx examples/node/server.ts
import { createServer } from "node:http";
import { BridgeError, createVerifier, readBearer } from "@taskbridge/bridge";

const { BETTER_AUTH_URL: issuer = "", PORT, ...env } = process.env;
const secret = env.BETTER_AUTH_SECRET?.trim();
const previousSecrets = env.BETTER_AUTH_SECRETS_PREVIOUS?.split(/\s*,\s*/).filter(Boolean);
const keys = env.BRIDGE_JWKS_URL ? { jwks: env.BRIDGE_JWKS_URL } : { secret, previousSecrets };
const { verify } = createVerifier({ ...keys, issuer });

createServer(async (request, response) => {
  try {
    // Node's own `headers` would hide a second Authorization header.
    const sent = request.headersDistinct.authorization ?? [];
    const { userId } = await verify(readBearer(new Headers(sent.map((v) => ["Authorization", v]))));
    const own = request.url === `/api/${userId}/greeting`;
    response.writeHead(own ? 200 : 403).end(own ? `Hello, ${userId}!\n` : "Not your path.\n");
  } catch (error) {
    const { status, challenge } =
      error instanceof BridgeError ? error : { status: 500, challenge: null };
    response.writeHead(status, challenge ? { "WWW-Authenticate": challenge } : {}).end();
  }
}).listen(Number(PORT), "127.0.0.1");
