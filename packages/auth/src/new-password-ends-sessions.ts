import type { BetterAuthPlugin } from "better-auth";
import { createAuthMiddleware } from "better-auth/api";

/**
 * Better Auth leaves it to the caller. The database ends all sessions with the password they were made
 * with, so that whoever changes it always needs the new one that this gives them.
 */
export const newPasswordEndsSessions = {
  id: "new-password-ends-sessions",
  hooks: {
    before: [
      {
        matcher: ({ path }) => path === "/change-password",
        handler: createAuthMiddleware(async ({ body }) => ({
          context: { body: { ...(body as object | undefined), revokeOtherSessions: true } },
        })),
      },
    ],
  },
} satisfies BetterAuthPlugin;
