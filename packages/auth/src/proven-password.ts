import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import type { BetterAuthOptions } from "better-auth";
import { hashPassword, verifyPassword } from "better-auth/crypto";

interface Proof {
  /** The hash that the request's password was found to match, or that it has set. */
  hash?: string;
}

/** As the SQL function "password_fingerprint" makes it. */
const fingerprintOf = (hash: string) => createHash("sha256").update(hash).digest("hex");

/**
 * Remembers, for as long as a request lasts, which password hash it has shown to know. Better Auth verifies
 * a password and acts on it a while later; what it writes then is tied to that hash, so that the database
 * can tell whether it is still the current one.
 */
export function createProvenPasswords() {
  const requests = new AsyncLocalStorage<Proof>();
  const prove = (hash: string) => {
    const proof = requests.getStore();
    if (proof) proof.hash = hash;
  };
  return {
    within: <T>(work: () => Promise<T>): Promise<T> => requests.run({}, work),
    /** Better Auth's own functions, watched. */
    password: {
      hash: hashPassword,
      verify: async (asked) => {
        const matches = await verifyPassword(asked);
        if (matches) prove(asked.hash);
        return matches;
      },
    } satisfies NonNullable<BetterAuthOptions["emailAndPassword"]>["password"],
    /** Says that this hash has just been written. */
    prove,
    hash: () => requests.getStore()?.hash,
    /** Of that hash; where the request has shown none, one that no hash has. */
    fingerprint: () => fingerprintOf(requests.getStore()?.hash ?? ""),
  };
}

export type ProvenPasswords = ReturnType<typeof createProvenPasswords>;
