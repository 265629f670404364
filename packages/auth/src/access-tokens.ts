import {
  ACCESS_TOKEN_TYPE,
  type AccessTokenAlgorithm,
  createClaims,
  createIssuer,
} from "@taskbridge/bridge";
import type { PrismaClient } from "@taskbridge/db/bare-client";
import type { GenericEndpointContext } from "better-auth";
import { createAuthEndpoint, sessionMiddleware } from "better-auth/api";
import {
  createJwk,
  type JwtOptions,
  jwt,
  resolveSigningKey,
  signJWT,
} from "better-auth/plugins/jwt";
import { createKeyPairs, type KeyRotation } from "./key-pairs.ts";

const KEY_ROTATION: KeyRotation = { interval: 30 * 24 * 60 * 60, grace: 60 * 60 };

interface AccessTokenOptions {
  client: PrismaClient;
  secret: string;
  baseUrl: string;
  algorithm?: AccessTokenAlgorithm | undefined;
  keyRotation?: KeyRotation | undefined;
}

/** The JWT plugin, whose `/token` gives the bridge's access tokens and no others. */
export const accessTokens = (options: AccessTokenOptions) =>
  options.algorithm === "EdDSA" ? withKeyPairs(options) : withDerivedKey(options);

function withDerivedKey({ secret, baseUrl }: AccessTokenOptions) {
  const issuer = createIssuer({ secret, issuer: baseUrl });
  return jwt({
    jwt: {
      definePayload: ({ session }) => ({ sid: session.id }),
      sign: ({ sub, sid }) => issuer.issue({ userId: String(sub), sessionId: String(sid) }),
    },
    // Never fetched: the plugin wants an address wherever it does not sign by itself.
    jwks: { remoteUrl: "https://jwks.invalid", keyPairConfig: { alg: "EdDSA" } },
    // Else every look at the session would sign a token.
    disableSettingJwtHeader: true,
  } as JwtOptions);
}

/** Better Auth makes the key pairs, signs with them and publishes them at `/jwks`. */
function withKeyPairs({ client, baseUrl, keyRotation = KEY_ROTATION }: AccessTokenOptions) {
  const claimsOf = createClaims({ issuer: baseUrl });
  const keys = createKeyPairs(client, keyRotation);
  const options: JwtOptions = {
    adapter: { getJwks: keys.published, createJwk: keys.add },
    jwks: {
      keyPairConfig: { alg: "EdDSA", crv: "Ed25519" },
      rotationInterval: keyRotation.interval,
      gracePeriod: keyRotation.grace,
    },
    disableSettingJwtHeader: true,
  };
  const plugin = jwt(options);
  // Better Auth's own endpoint leaves no say in the header, and RFC 9068 asks for its `typ`.
  const getToken = createAuthEndpoint(
    "/token",
    { method: "GET", requireHeaders: true, use: [sessionMiddleware] },
    async (context) => {
      const { user, session } = context.context.session;
      const token = await signJWT(context, {
        options,
        header: { typ: ACCESS_TOKEN_TYPE },
        payload: { ...claimsOf({ userId: user.id, sessionId: session.id }) },
        resolvedKey: await signingKey(context),
      });
      return context.json({ token });
    },
  );

  /** The newest key pair that the secrets here decrypt: others belong to a secret that was retired. */
  async function signingKey(context: GenericEndpointContext) {
    for (const { id } of await keys.signing()) {
      const key = await privateKeyOf(context, id);
      if (key) return key;
    }
    const made = await createJwk(context, options);
    return (await resolveSigningKey(context, options, { signingKeyId: made.id })) ?? undefined;
  }

  async function privateKeyOf(context: GenericEndpointContext, signingKeyId: string) {
    try {
      return await resolveSigningKey(context, options, { signingKeyId });
    } catch (error) {
      if (/decrypt/.test(String(error))) return null;
      throw error;
    }
  }

  return { ...plugin, endpoints: { ...plugin.endpoints, getToken } } as unknown as typeof plugin;
}
