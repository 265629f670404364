import { services } from "./services.ts";

/** The API under Next's own routing (`next dev`, `next start`, serverless): the host's handlers. */
export const mount = async (request: Request): Promise<Response> =>
  (await services()).handle(request);
