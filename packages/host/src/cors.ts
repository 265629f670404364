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
    const answer = await handle(request, url);
    addHeaders(answer, known ? origin : undefined);
    return answer;
  };
}

const isPreflight = ({ method, headers }: ApiRequest) =>
  method === "OPTIONS" && headers.has("access-control-request-method");

/** Each origin has an answer of its own, also for caches. */
function addHeaders({ headers }: Reply | Response, origin: string | undefined): void {
  const set = (name: string, value: string) => {
    if (headers instanceof Headers) headers.set(name, value);
    else headers[name] = value;
  };
  const vary = headers instanceof Headers ? headers.get("Vary") : headers.Vary;
  set("Vary", vary ? `${vary}, Origin` : "Origin");
  if (origin === undefined) return;
  set("Access-Control-Allow-Origin", origin);
  set("Access-Control-Expose-Headers", exposed);
}
