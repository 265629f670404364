import { refuse } from "@taskbridge/api";
import type { Handle } from "./responding.ts";

/** For a host without Better Auth: below its path there is nothing, whatever REST would read there. */
export const withoutSignIn =
  (handle: Handle): Handle =>
  (request, url) =>
    url.pathname.startsWith("/api/auth/")
      ? Promise.resolve(refuse("route_not_found", "There is no such route.", { request }))
      : handle(request, url);
