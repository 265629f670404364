import type { ApiRequest, Reply } from "@taskbridge/api";
import type { Handle } from "./responding.ts";

/** `/api/trpc/…` and `/api/{user_id}/…`: sign-in is for the app's own pages alone. */
const open = /^\/api\/(?!auth\/)[^/]+\/./;

const allowed = {
  "Access-Control-Allow-Methods": "GET, HEAD, POST, PATCH, PUT, DELETE",
  "Access-Control-Allow-Headers": [
    ...["Authorization", "Content-Type", "If-Match", "If-None-Match", "Idempotency-Key"],
    ...["X-Request-Id", "trpc-accept"],
  ].join(", "),
  "Access-Control-Max-Age": "7200",
};

/** What a page elsewhere may read besides the few headers that all may. */
const exposed = [
  ...["ETag", "Location", "Content-Disposition", "Retry-After", "WWW-Authenticate"],
  ...["RateLimit", "RateLimit-Policy", "Idempotency-Replayed", "X-Request-Id", "X-Total-Count"],
].join(", ");

/**
 * Lets pages of other origins call the API with a bearer token (CORS, the Fetch standard §3.2): these
 * origins, word for word, and no credentials, so that no cookie goes along. All others get the same answers
 * as without it, which their browsers keep from them.
 */
export function withCors(handle: Handle, origins: readonly string[]): Handle {
  if (origins.length === 0) return handle;
  return async (request, url) => {
    if (!open.test(url.pathname)) return handle(request, url);
    const origin = request.headers.get("origin") ?? "";
    const known = origins.includes(origin);
    if (known && isPreflight(request)) {
      const headers = { ...allowed, "Access-Control-Allow-Origin": origin, Vary: "Origin" };
      return { status: 204, headers, body: null };
    }
    return withHeaders(await handle(request, url), known ? origin : undefined);
  };
}

const isPreflight = ({ method, headers }: ApiRequest) =>
  method === "OPTIONS" && headers.has("access-control-request-method");

/** Each origin has an answer of its own, also for caches. */
function withHeaders(answer: Reply | Response, origin: string | undefined): Reply | Response {
  const { headers } = answer;
  const vary = headers instanceof Headers ? headers.get("Vary") : headers.Vary;
  const added = {
    // Where another host has answered, it may have said so already.
    Vary: vary && !/\borigin\b/i.test(vary) ? `${vary}, Origin` : (vary ?? "Origin"),
    ...(origin !== undefined && {
      "Access-Control-Allow-Origin": origin,
      "Access-Control-Expose-Headers": exposed,
    }),
  };
  if (!(answer instanceof Response)) return { ...answer, headers: { ...answer.headers, ...added } };
  for (const [name, value] of Object.entries(added)) answer.headers.set(name, value);
  return answer;
}
