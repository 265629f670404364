/** The origin at which people reach a host. */
export interface Reached {
  baseUrl: string;
}

const always = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": ["camera", "geolocation", "microphone", "payment", "usb"]
    .map((feature) => `${feature}=()`)
    .join(", "),
} as const;

/** Whether browsers may be told to come by https alone. */
export const isHttps = ({ baseUrl }: Reached) => baseUrl.startsWith("https:");

/** RFC 6797 §7.2: not over plain HTTP. For two years; other hosts below this one's name are not spoken for. */
const transportHeaders = (where: Reached): Record<string, string> =>
  isHttps(where) ? { "Strict-Transport-Security": "max-age=63072000" } : {};

/** The security headers of all answers, pages or not. */
export const commonHeaders = (where: Reached): Record<string, string> => ({
  ...always,
  ...transportHeaders(where),
});

/** For what is no page: if a browser shows it as one all the same, nothing in it runs or loads. */
export const apiHeaders = (where: Reached): Record<string, string> => ({
  ...commonHeaders(where),
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
});
