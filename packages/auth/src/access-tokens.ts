import {
  ACCESS_TOKEN_TYPE,
  type AccessTokenAlgorithm,
  createClaims,
  createIssuer,
} from "@taskbridge/bridge";
import type { GenericEndpointContext } from "better-auth";
import { createAuthEndpoint, sessionMiddleware } from "better-auth/api";
import {
  createJwk,
  type JwtOptions,
  jwt,
  resolveSigningKey,
  signJWT,
} from "better-auth/plugins/jwt";

/** How key pairs follow each other, in seconds. */
export interface KeyRotation {
  /** How long a key pair signs. */
  interval: number;
  /** How long after that its public key is still published: longer than a token lives. */
  grace: number;
}

const KEY_ROTATION: KeyRotation = { interval: 30 * 24 * 60 * 60, grace: 60 * 60 };

interface AccessTokenOptions {
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

/** Better Auth keeps the key pairs, replaces them and publishes them at `/jwks`. */
function withKeyPairs({ baseUrl, keyRotation = KEY_ROTATION }: AccessTokenOptions) {
  const claimsOf = createClaims({ issuer: baseUrl });
  const options: JwtOptions = {
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
        resolvedKey: (await signingKey(context)) ?? undefined,
      });
      return context.json({ token });
    },
  );

  // Many requests find at once that the key has had its time: one of them makes the next.
  let resolving: ReturnType<typeof resolveSigningKey> | undefined;
  function signingKey(context: GenericEndpointContext) {
    resolving ??= resolve(context).finally(() => {
      resolving = undefined;
    });
    return resolving;
  }

  async function resolve(context: GenericEndpointContext) {
    try {
      return await resolveSigningKey(context, options);
    } catch (error) {
      // Encrypted with a secret that was retired. What it has signed can still be verified.
      if (!/decrypt/.test(String(error))) throw error;
      await createJwk(context, options);
      return await resolveSigningKey(context, options);
    }
  }

  return { ...plugin, endpoints: { ...plugin.endpoints, getToken } } as unknown as typeof plugin;
}
