import { createSharedLimits, type Db, type Limit } from "@taskbridge/db";
import { bareClient } from "@taskbridge/db/bare-client";
import type { BetterAuthOptions } from "better-auth";
import { APIError, createAuthMiddleware, getIP, getSessionFromCtx } from "better-auth/api";
import { isOpen } from "./open-endpoints.ts";

/** Of tries at a password, by each address and path. */
const perAddress = { window: 60, max: 20 };

/** Of requests that lead nowhere, by each address: all of their paths together. */
const unknownPaths: Limit = { windowSeconds: 10, max: 100 };

/** Of sign-ins, and of sign-ups, with one e-mail address, from wherever they come. */
const perAccount: Limit = { windowSeconds: 300, max: 30 };

const accountPaths = ["/sign-in/email", "/sign-up/email"];
/** Where who is signed in says the password again; tries are counted together. */
const passwordPaths = ["/change-password", "/delete-user"];

/** What Better Auth says in its own refusals, and nobody else reads. */
const ownHeader = "X-Retry-After";

/**
 * Better Auth's limits, counted in the database by one statement each, and one of our own: so many
 * tries for each account. It is counted before anything is looked up, so that an address without an
 * account is refused like any other.
 */
export function limiting(db: Db) {
  const limits = createSharedLimits(db);

  async function take(key: string, limit: Limit) {
    const { granted, resetMs } = await limits.take(key, limit);
    return { allowed: granted > 0, retryAfter: Math.max(1, Math.ceil(resetMs / 1000)) };
  }

  /** Whether somebody is signed in to this account from this address, whom a stranger's guesses must not keep out. */
  async function isAtHome(email: string, ipAddress: string | null): Promise<boolean> {
    if (!ipAddress) return false;
    const where = { ipAddress, expiresAt: { gt: new Date() }, user: { email } };
    return (await bareClient(db).session.findFirst({ where, select: { id: true } })) !== null;
  }

  return {
    rateLimit: {
      enabled: true,
      customStorage: {
        // Better Auth's key is an address and a path, which is whatever a client makes it.
        consume: (key, { window, max }) => {
          const [address = "", path = ""] = key.split("|");
          return isOpen(path)
            ? take(`address ${key}`, { max, windowSeconds: window })
            : take(`address ${address}`, unknownPaths);
        },
      },
      customRules: {
        "/sign-in/email": perAddress,
        "/sign-up/email": perAddress,
        "/delete-user": perAddress,
        // Public, and our own host and other back ends fetch it: one that could not would refuse everybody.
        "/jwks": false,
      },
    },
    hooks: {
      before: createAuthMiddleware(async (asked) => {
        const { path, body, request, context } = asked;
        if (passwordPaths.includes(path)) {
          // A stolen cookie must not be a way to the password, from however many addresses.
          const session = await getSessionFromCtx(asked).catch(() => null);
          if (session) orRefuse(await take(`password ${session.user.id}`, perAccount));
          return;
        }
        const email = (body as { email?: unknown } | undefined)?.email;
        if (!accountPaths.includes(path) || typeof email !== "string") return;
        // As Better Auth looks it up.
        const account = email.toLowerCase();
        const taken = await take(`account ${path} ${account}`, perAccount);
        if (taken.allowed) return;
        if (request && (await isAtHome(account, getIP(request, context.options)))) return;
        orRefuse(taken);
      }),
    },
  } satisfies BetterAuthOptions;
}

function orRefuse({ allowed, retryAfter }: { allowed: boolean; retryAfter: number }): void {
  if (allowed) return;
  throw new APIError("TOO_MANY_REQUESTS", undefined, { [ownHeader]: String(retryAfter) });
}

/** RFC 6585 §4: a 429 "MAY include a Retry-After header"; Better Auth's has a name of its own. */
export function withRetryAfter(response: Response): Response {
  if (response.status !== 429) return response;
  const seconds = Number(response.headers.get(ownHeader));
  const message = `Too many requests. Try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`;
  return Response.json(
    { code: "TOO_MANY_REQUESTS", message },
    { status: 429, headers: { "Retry-After": String(seconds) } },
  );
}
