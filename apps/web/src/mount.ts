import { responding } from "@taskbridge/host";
import { forwardedAddress } from "./host/client-address.ts";
import { services } from "./services.ts";

/** The API under Next's own routing (`next dev`, `next start`, serverless): the host's handlers. */
export const mount = async (request: Request): Promise<Response> => {
  const { handle, settings } = await services();
  const answer = responding(handle, settings);
  const told = settings.trustProxy ? request.headers.get("x-forwarded-for") : null;
  // Next keeps whatever address a client claims, and the connection cannot be seen from here: without a proxy
  // all share one count, which is slower for them and no help to those who guess.
  const headers = new Headers(request.headers);
  const address = forwardedAddress(told ?? "");
  if (address) headers.set("x-forwarded-for", address);
  else headers.delete("x-forwarded-for");
  return answer(new Request(request, { headers }));
};
