import { type ApiRequest, jsonReply, type Reply, refuse } from "@taskbridge/api";
import type { RevocationFollower } from "@taskbridge/db";
import type { Handle } from "./responding.ts";

/** No user's id is so short, and no route of the doors is so named. */
export const HEALTH_PATH = "/api/health";

/**
 * Says at `/api/health` whether this process can answer: a load balancer sends requests elsewhere while it
 * cannot reach the database. It knows from the looks that it takes anyway, so that asking costs nothing.
 */
export const answeringHealth =
  (handle: Handle, { isRevoked }: Pick<RevocationFollower, "isRevoked">): Handle =>
  (request, url) =>
    url.pathname === HEALTH_PATH
      ? Promise.resolve(answer(request, isRevoked))
      : handle(request, url);

function answer(request: ApiRequest, isRevoked: RevocationFollower["isRevoked"]): Reply {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return refuse("method_not_allowed", "This route takes GET, HEAD.", {
      request,
      headers: { Allow: "GET, HEAD" },
    });
  }
  try {
    isRevoked("");
  } catch {
    return refuse("unavailable", "The database is out of reach.", {
      request,
      headers: { "Retry-After": "1" },
    });
  }
  const reply = jsonReply({ ok: true }, { "Cache-Control": "no-store" });
  return request.method === "HEAD" ? { ...reply, body: null } : reply;
}
