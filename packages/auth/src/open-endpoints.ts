import type { BetterAuthPlugin } from "better-auth";

/** What of Better Auth is used: by the pages, the guides, and whoever asks whether the app serves. */
const open: ReadonlySet<string> = new Set([
  "/ok",
  "/sign-up/email",
  "/sign-in/email",
  "/sign-out",
  "/get-session",
  "/token",
  "/jwks",
  "/list-sessions",
  "/revoke-session",
  "/revoke-sessions",
  "/revoke-other-sessions",
  "/change-password",
  "/delete-user",
]);

/** Whether a path below `/api/auth` leads anywhere. */
export const isOpen = (path: string) => open.has(path);

/**
 * Closes every other endpoint: it answers as a path that does not exist, from outside. Better Auth's
 * `disabledPaths` lists what is closed, knows no path with a parameter in it, and would leave open what a
 * later version adds.
 */
export const openEndpointsAlone = {
  id: "open-endpoints-alone",
  onRequest: async ({ url }, { baseURL }) => {
    const path = new URL(url).pathname.slice(new URL(baseURL).pathname.length);
    if (!isOpen(path)) return { response: new Response(null, { status: 404 }) };
  },
} satisfies BetterAuthPlugin;
