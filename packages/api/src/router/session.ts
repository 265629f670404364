import type { TRPCRouterRecord } from "@trpc/server";
import { inputlessProcedure } from "../trpc.ts";

export const sessionRouter = {
  /** Who the token says one is, and until when. */
  whoami: inputlessProcedure.query(({ ctx }) => ({
    // Plain text in the type too: who receives an id has not verified it.
    userId: ctx.userId as string,
    sessionId: ctx.sessionId,
    expiresAt: new Date(ctx.access.expiresAt * 1000).toISOString(),
  })),
} satisfies TRPCRouterRecord;
