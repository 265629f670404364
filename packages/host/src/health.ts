import { type ApiRequest, jsonReply, type Reply, refuse } from "@taskbridge/api";
import type { RevocationFollower } from "@taskbridge/db";
import type { Handle } from "./responding.ts";

/** No user's id is so short, and no route of the doors is so named. */
export const HEALTH_PATH = "/api/health";

interface Looks extends Pick<RevocationFollower, "isRevoked"> {
  wallStands: () => boolean;
}

/**
 * Says at `/api/health` whether this process can answer: a load balancer sends requests elsewhere while it
 * cannot reach the database, or requests could not do their work there, and theirs alone: then all are
 * refused. It knows from the looks that it takes anyway, so that asking costs nothing.
 */
export const answeringHealth =
  (handle: Handle, looks: Looks): Handle =>
  (request, url) => {
    if (url.pathname === HEALTH_PATH) return Promise.resolve(answer(request, looks));
    return looks.wallStands() ? handle(request, url) : Promise.resolve(notReady(request));
  };

const notReady = (request: ApiRequest): Reply =>
  refuse("unavailable", "The database is not fit for requests; the log says why.", {
    request,
    headers: { "Retry-After": "5" },
  });

function answer(request: ApiRequest, { isRevoked, wallStands }: Looks): Reply {
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
  if (!wallStands()) return notReady(request);
  const reply = jsonReply({ ok: true }, { "Cache-Control": "no-store" });
  return request.method === "HEAD" ? { ...reply, body: null } : reply;
}
