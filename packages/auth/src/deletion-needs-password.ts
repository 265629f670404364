import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthMiddleware } from "better-auth/api";

/** Better Auth itself would do without, as long as the session is fresh: a stolen cookie is enough. */
export const deletionNeedsPassword = {
  id: "deletion-needs-password",
  hooks: {
    before: [
      {
        matcher: ({ path }) => path === "/delete-user",
        handler: createAuthMiddleware(async ({ body }) => {
          if ((body as { password?: unknown } | undefined)?.password) return;
          throw new APIError("BAD_REQUEST", {
            code: "PASSWORD_REQUIRED",
            message: "Deleting an account takes its password.",
          });
        }),
      },
    ],
  },
} satisfies BetterAuthPlugin;
