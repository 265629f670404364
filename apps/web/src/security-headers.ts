import type { Settings } from "./env.ts";

type Circumstances = Pick<Settings, "baseUrl" | "development">;

const commonHeaders = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": ["camera", "geolocation", "microphone", "payment", "usb"]
    .map((feature) => `${feature}=()`)
    .join(", "),
} as const;

const isHttps = ({ baseUrl }: Circumstances) => baseUrl.startsWith("https:");

/** RFC 6797 §7.2: not over plain HTTP. For two years; other hosts below this one's name are not spoken for. */
const transportHeaders = (where: Circumstances): Record<string, string> =>
  isHttps(where) ? { "Strict-Transport-Security": "max-age=63072000" } : {};

/** For what is no page: if a browser shows it as one all the same, nothing in it runs or loads. */
export const apiHeaders = (where: Circumstances): Record<string, string> => ({
  ...commonHeaders,
  ...transportHeaders(where),
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
});

/** For a page whose scripts carry this nonce. */
export const pageHeaders = (nonce: string, where: Circumstances): Record<string, string> => ({
  ...commonHeaders,
  ...transportHeaders(where),
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
    `connect-src 'self'${development ? " ws: wss:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isHttps(where) ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
