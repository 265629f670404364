import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthMiddleware, getSessionFromCtx } from "better-auth/api";
import { findPasswordFault, type PasswordFault } from "./password-rules.ts";

const refusals: Record<PasswordFault, { code: string; message: string }> = {
  common: {
    code: "PASSWORD_TOO_COMMON",
    message: "This is one of the most common passwords; choose another.",
  },
  personal: {
    code: "PASSWORD_TOO_PERSONAL",
    message:
      "A password must not be made of your name, your e-mail address or this app's name; choose another.",
  },
};

async function check(password: unknown, owner: { name?: unknown; email?: unknown }) {
  // What is no text, Better Auth refuses.
  const fault = typeof password === "string" && (await findPasswordFault(password, owner));
  if (fault) throw new APIError("UNPROCESSABLE_ENTITY", refusals[fault]);
}

/** Refuses a new password that is easily guessed, where one is set: at sign-up and at a change. */
export const unguessablePasswords = {
  id: "unguessable-passwords",
  hooks: {
    before: [
      {
        matcher: ({ path }) => path === "/sign-up/email",
        handler: createAuthMiddleware(async ({ body }) => check(body?.password, { ...body })),
      },
      {
        matcher: ({ path }) => path === "/change-password",
        handler: createAuthMiddleware(async (asked) => {
          const session = await getSessionFromCtx(asked);
          if (session) await check(asked.body?.newPassword, session.user);
        }),
      },
    ],
  },
} satisfies BetterAuthPlugin;
