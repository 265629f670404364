import { commonHeaders, isHttps } from "@taskbridge/host/headers";
import type { Settings } from "./env.ts";

type Circumstances = Pick<Settings, "baseUrl" | "development">;

/** For a page whose scripts carry this nonce. */
export const pageHeaders = (nonce: string, where: Circumstances): Record<string, string> => ({
  ...commonHeaders(where),
  "Content-Security-Policy": pagePolicy(nonce, where),
});

function pagePolicy(nonce: string, where: Circumstances): string {
  // Next's development server evaluates modules, puts styles into the page and opens a socket.
  const { development } = where;
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    `connect-src 'self'${development ? " ws: wss:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isHttps(where) ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
