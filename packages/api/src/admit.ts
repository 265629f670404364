import { readBearer, type VerifiedAccess } from "@taskbridge/bridge";
import type { Arrival } from "./context.ts";

/**
 * Whose call it is: verifies the token and counts the call, each one of a batch. Throws at once where there
 * is no token to verify: a promise that nobody waits for yet is dear to reject, and this is the refusal that
 * anybody can ask for.
 */
export function admit({
  verifier,
  headers,
  calls,
}: Pick<Arrival, "verifier" | "headers" | "calls">): Promise<VerifiedAccess> {
  const verified = verifier.verify(readBearer(headers));
  if (!calls) return verified;
  return verified.then(async (access) => {
    await calls.count(access.userId);
    return access;
  });
}
