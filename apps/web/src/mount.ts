import { responding } from "@taskbridge/host";
import { services } from "./services.ts";

/** The API under Next's own routing (`next dev`, `next start`, serverless): the host's handlers. */
export const mount = async (request: Request): Promise<Response> => {
  const { handle, settings } = await services();
  const answer = responding(handle, settings);
  if (settings.trustProxy) return answer(request);
  // Next keeps whatever address a client claims, and the connection cannot be seen from here: then
  // all share one count, which is slower for them and no help to those who guess.
  const headers = new Headers(request.headers);
  headers.delete("x-forwarded-for");
  return answer(new Request(request, { headers }));
};
