import type { AccessTokenAlgorithm } from "@taskbridge/bridge";
import type { Db } from "@taskbridge/db";
import { bareClient } from "@taskbridge/db/bare-client";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { APIError } from "better-auth/api";
import { accessTokens } from "./access-tokens.ts";
import { checkUser, storableTextsAlone } from "./check-user.ts";
import { deletionNeedsPassword } from "./deletion-needs-password.ts";
import type { KeyRotation } from "./key-pairs.ts";
import { deletingAtOnce, withRacesRefused } from "./life-of-a-user.ts";
import { limiting, withRetryAfter } from "./limits.ts";
import { newPasswordEndsSessions } from "./new-password-ends-sessions.ts";
import { openEndpointsAlone } from "./open-endpoints.ts";
import { watchOutages } from "./outages.ts";
import { PASSWORD_LENGTH } from "./password-rules.ts";
import { createProvenPasswords } from "./proven-password.ts";
import { withoutOpenRedirect } from "./redirects.ts";
import {
  headersWithCurrentCookies,
  requestWithCurrentCookies,
  versionedSecrets,
} from "./rotation.ts";
import { withSessionsEnded } from "./session-end.ts";
import { unguessablePasswords } from "./unguessable-passwords.ts";

/** How exactly the last use of a session is known: as a page in use fetches its access tokens. */
const SESSION_UPDATE_SECONDS = 15 * 60;

/** After how many days people sign in again where nothing else is said. */
const SESSION_MAX_DAYS = 30;

export interface AuthOptions {
  /** Better Auth's own tables are not behind an owner scope: it is given the bare client. */
  db: Db;
  /** Signs session cookies; the bridge derives the access tokens' key from it. */
  secret: string;
  /** Secrets whose cookies are accepted besides: those that were current before, or will be next. */
  previousSecrets?: readonly string[] | undefined;
  /** The origin at which the app is reached, `http://localhost:3000`. */
  baseUrl: string;
  /** Further origins whose requests are let in, for a host that answers to several names. */
  trustedOrigins: readonly string[];
  /** HS256: access tokens are signed with the derived key. EdDSA: with key pairs of their own. */
  algorithm?: AccessTokenAlgorithm | undefined;
  /** How long a key pair signs and is published (EdDSA alone). */
  keyRotation?: KeyRotation | undefined;
  /** After how many days a session ends, however much it is used (30). */
  sessionMaxDays?: number | undefined;
  /** Limits all requests per address, sign-in and sign-up per account too; counted in the database. */
  rateLimit: boolean;
  /** Told of what Better Auth has to say, and the error in it; no more: rows and requests are personal. */
  log: (level: string, message: string, error?: unknown) => void;
}

/**
 * Better Auth with e-mail and password, its tables in our database, and the bridge's access tokens
 * at `/api/auth/token`.
 */
export function createAuth(options: AuthOptions) {
  const { db, secret, baseUrl, trustedOrigins, log } = options;
  const { client, surface } = watchOutages(bareClient(db));
  const proven = createProvenPasswords();
  const auth = betterAuth({
    database: prismaAdapter(
      withSessionsEnded(
        withRacesRefused(client, proven),
        options.sessionMaxDays ?? SESSION_MAX_DAYS,
      ),
      { provider: "postgresql" },
    ),
    secret,
    secrets: versionedSecrets(options),
    baseURL: baseUrl,
    basePath: "/api/auth",
    trustedOrigins: [...trustedOrigins],
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      password: proven.password,
    },
    user: { deleteUser: deletingAtOnce(client, proven) },
    session: {
      // A cached session would go on getting tokens after its sign-out.
      cookieCache: { enabled: false },
      // People see their own sessions however long ago they signed in (ADR 0022).
      freshAge: 0,
      updateAge: SESSION_UPDATE_SECONDS,
    },
    ...(options.rateLimit ? limiting(db) : { rateLimit: { enabled: false } }),
    advanced: {
      // The host sets this header from the connection, or trusts its proxy to.
      ipAddress: { ipAddressHeaders: ["x-forwarded-for"] },
      ...cookiesFor(baseUrl),
    },
    databaseHooks: { user: { create: { before: async (user) => checkUser(user) } } },
    logger: {
      level: "warn",
      disableColors: true,
      log: (level, message, ...details) =>
        log(
          level,
          message,
          details.find((detail) => detail instanceof Error),
        ),
    },
    // What is no refusal reaches our caller. Otherwise the router prints it, with all that is in it.
    onAPIError: { throw: true },
    telemetry: { enabled: false },
    plugins: [
      openEndpointsAlone,
      storableTextsAlone,
      accessTokens({ ...options, client }),
      deletionNeedsPassword,
      newPasswordEndsSessions,
      unguessablePasswords,
    ],
  });

  return {
    /**
     * Serves `/api/auth/*`. What it answers is about one person and is never stored on the way.
     * Rejects where something failed that is no fault of the request; as `isUnavailable` knows it where
     * the database was out of reach.
     */
    async handler(request: Request): Promise<Response> {
      const answer = await surface(() =>
        proven.within(() => auth.handler(requestWithCurrentCookies(request, options))),
      );
      const response = withoutOpenRedirect(withRetryAfter(answer), options);
      response.headers.set("Cache-Control", "no-store");
      return response;
    },

    /**
     * Who the session cookie among these headers belongs to; null without a living session. Does not
     * prolong it: that takes a new cookie, which who asks here cannot set.
     */
    getSession: (headers: Headers) =>
      surface(() =>
        auth.api.getSession({
          headers: headersWithCurrentCookies(headers, options),
          query: { disableRefresh: true },
        }),
      ),

    /**
     * An access token as `/api/auth/token` gives it to who sends these headers, for pages that call the
     * API as their visitor; null without a living session. Does not prolong it either.
     */
    issueToken: (headers: Headers): Promise<string | null> =>
      surface(() =>
        auth.api
          .getToken({
            headers: headersWithCurrentCookies(headers, options),
            query: { disableRefresh: true },
          })
          .then(({ token }) => token, nullWhereSignedOut),
      ),

    /** The public keys (RFC 7517) that verify access tokens signed with EdDSA; there are none else. */
    publicKeys: () => surface(() => auth.api.getJwks()),
  };
}

/**
 * Where the app is reached by https its cookies have the prefix that no other host, a subdomain included,
 * can set one with (RFC 6265bis §4.1.3.2). Better Auth by itself writes `__Secure-`, which they could.
 */
const cookiesFor = (baseUrl: string) =>
  baseUrl.startsWith("https://")
    ? {
        cookiePrefix: "__Host-better-auth",
        useSecureCookies: false,
        defaultCookieAttributes: { secure: true },
      }
    : { useSecureCookies: false };

function nullWhereSignedOut(error: unknown): null {
  if (error instanceof APIError && error.status === "UNAUTHORIZED") return null;
  throw error;
}

export type Auth = ReturnType<typeof createAuth>;
