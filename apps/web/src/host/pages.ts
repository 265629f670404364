import type { Server } from "node:http";
import { join } from "node:path";
import { apiListener, type Listener, requestListener } from "@taskbridge/host/server";
import next from "next";
import { services } from "../services.ts";
import { route } from "./route.ts";

/**
 * All that the app answers, in this thread: the pages, sign-in, and the API. Next listens for upgrades to
 * its development socket on this server, from the first page on, and leaves all others without an answer.
 */
export async function openPages({
  dev,
  httpServer,
}: {
  dev: boolean;
  httpServer: Server;
}): Promise<Listener> {
  const { handle, settings } = await services();
  const app = next({ dev, dir: join(settings.root, "apps/web"), httpServer });
  await app.prepare();
  return route({
    // Better Auth takes Requests.
    "/api/auth/": requestListener(handle, settings),
    "/api/": apiListener(handle, settings),
    "/": app.getRequestHandler(),
  });
}
