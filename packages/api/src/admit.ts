import { readBearer, type VerifiedAccess } from "@taskbridge/bridge";
import type { Context } from "./context.ts";

/** Whose call it is: verifies the token and counts the call, each one of a batch. */
export async function admit({
  verifier,
  headers,
  countCall,
}: Pick<Context, "verifier" | "headers" | "countCall">): Promise<VerifiedAccess> {
  const access = await verifier.verify(readBearer(headers));
  await countCall?.(access.userId);
  return access;
}
