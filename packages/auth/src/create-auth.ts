import type { Issuer } from "@taskbridge/bridge";
import type { Db } from "@taskbridge/db";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { APIError } from "better-auth/api";
import { jwt } from "better-auth/plugins/jwt";

export interface AuthOptions {
  /** The bare client: Better Auth's own tables are not behind an owner scope. */
  db: Db;
  /** BETTER_AUTH_SECRET; signs session cookies. The access token's key is derived from it elsewhere. */
  secret: string;
  /** The origin at which the app is reached, `http://localhost:3000`. */
  baseUrl: string;
  /** Further origins whose requests are let in, for a host that answers to several names. */
  trustedOrigins: readonly string[];
  /** Signs the access tokens of `GET /api/auth/token`. */
  issuer: Issuer;
  /** Limits sign-in, sign-up and the rest per address; the counts are kept in the database. */
  rateLimit: boolean;
  /** Told of what Better Auth has to say, without its arguments: they may hold personal data. */
  log: (level: string, message: string) => void;
}

/**
 * Better Auth with e-mail and password, its tables in our database, and the bridge's access tokens
 * at `/api/auth/token`.
 */
export function createAuth(options: AuthOptions) {
  const { db, secret, baseUrl, trustedOrigins, issuer, log } = options;
  const auth = betterAuth({
    database: prismaAdapter(db, { provider: "postgresql" }),
    secret,
    baseURL: baseUrl,
    basePath: "/api/auth",
    trustedOrigins: [...trustedOrigins],
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128 },
    user: { deleteUser: { enabled: true } },
    // A cached session would go on getting tokens after its sign-out.
    session: { cookieCache: { enabled: false } },
    rateLimit: {
      enabled: options.rateLimit,
      storage: "database",
      customRules: {
        "/sign-in/email": { window: 60, max: 20 },
        "/sign-up/email": { window: 60, max: 20 },
        "/verify-password": { window: 60, max: 20 },
        "/delete-user": { window: 60, max: 20 },
      },
    },
    // The host sets this header from the connection, or trusts its proxy to.
    advanced: { ipAddress: { ipAddressHeaders: ["x-forwarded-for"] } },
    databaseHooks: {
      user: {
        create: { before: async (user) => checkUser(user) },
        update: { before: async (user) => checkUser(user) },
      },
    },
    logger: { level: "warn", log: (level, message) => log(level, message) },
    telemetry: { enabled: false },
    plugins: [accessTokens(issuer)],
  });

  return {
    api: auth.api,
    /** Serves `/api/auth/*`. What it answers is about one person and is never stored on the way. */
    handler: async (request: Request): Promise<Response> => {
      const response = await auth.handler(request);
      response.headers.set("Cache-Control", "no-store");
      return response;
    },
  };
}
export type Auth = ReturnType<typeof createAuth>;

const storable = (text: string) => !text.includes("\u0000") && text.isWellFormed();

/** Better Auth takes any text for these; what is kept is sent with every look at the session. */
function checkUser({ name, email, image }: { name?: unknown; email?: unknown; image?: unknown }) {
  const fits = (value: unknown, longest: number) =>
    value === undefined ||
    value === null ||
    (typeof value === "string" && value.length <= longest && storable(value));
  const refuse = (message: string) => {
    throw new APIError("UNPROCESSABLE_ENTITY", { code: "INVALID_FIELD", message });
  };
  if (!fits(name, 200) || name === "") refuse("The name must have 1 to 200 characters.");
  if (!fits(email, 254)) refuse("The e-mail address may have at most 254 characters.");
  if (!fits(image, 2048) || (image && !String(image).startsWith("https://"))) {
    refuse("The image must be an https address of at most 2048 characters.");
  }
}

/** The JWT plugin, with the bridge as its signer. */
function accessTokens(issuer: Issuer) {
  return jwt({
    jwt: {
      definePayload: ({ session }) => ({ sid: session.id }),
      sign: ({ sub, sid }) => issuer.issue({ userId: String(sub), sessionId: String(sid) }),
    },
    // Never fetched: the plugin wants an address wherever it does not sign by itself.
    jwks: { remoteUrl: "https://jwks.invalid", keyPairConfig: { alg: "EdDSA" } },
    // Else every look at the session would sign a token.
    disableSettingJwtHeader: true,
  });
}
