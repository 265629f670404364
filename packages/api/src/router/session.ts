import type { TRPCRouterRecord } from "@trpc/server";
import { inputlessProcedure } from "../trpc.ts";

export const sessionRouter = {
  /** Who the token says one is, and until when. */
  whoami: inputlessProcedure.query(({ ctx }) => ({
    userId: ctx.userId,
    sessionId: ctx.sessionId,
    expiresAt: new Date(ctx.access.expiresAt * 1000).toISOString(),
  })),
} satisfies TRPCRouterRecord;
