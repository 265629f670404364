import { headers } from "next/headers";
import { cache } from "react";
import { services } from "./services.ts";

/** Who is signed in, for a server component; read from the database, once per page. */
export const currentSession = cache(async () => {
  // First the request: without one, at build time, there are no services to ask either.
  const requestHeaders = await headers();
  const { auth } = await services();
  return auth.getSession(requestHeaders);
});
