import { refuse } from "@taskbridge/api";
import { explainStart } from "@taskbridge/db";
import { type Handle, HEALTH_PATH, log } from "@taskbridge/host";
import {
  apiListener,
  captureConsole,
  type HostServer,
  type Listener,
  openServer,
  stopOnSignals,
  watchMainThread,
} from "@taskbridge/host/server";
import { ownOrigin } from "@taskbridge/host/settings";
import { banner } from "./src/banner.ts";
import { readSettings, type Settings } from "./src/env.ts";
import { type PagesThread, startPagesThread } from "./src/host/pages-thread.ts";
import { namingClients, route } from "./src/host/route.ts";
import { openApiOver, openStore } from "./src/host/store.ts";

interface StartOptions {
  dev: boolean;
  /** Whether the secret was made up by this very start, and signs nobody out who has not been asked. */
  isSecretFresh: boolean;
}

/** What answers, and how it ends. */
interface Opened {
  listener: Listener;
  close: () => Promise<void>;
}

/**
 * The default host: one Node process. What is below `/api` goes straight to the handlers, because
 * Next's routing costs more than all the rest of such a request; the pages and sign-in have a thread of
 * their own. Resolves once it serves, with a way to stop it.
 */
async function startServer({ dev, isSecretFresh }: StartOptions) {
  const settings = { ...readSettings(), isSecretFresh };
  const server = await openServer(settings);
  const { listener, close } = await (dev ? openTogether : openApart)(settings, server).catch(
    (error: unknown) => {
      server.http.close();
      throw explainStart(error);
    },
  );
  server.answerWith(listener);
  if (!settings.rateLimit) log("warn", "RATE_LIMIT is off: no request is ever refused for haste.");
  const stop = async () => {
    await server.stop();
    await close();
  };
  return { settings, stop };
}

async function openApart(settings: Settings): Promise<Opened> {
  const own = ownOrigin(settings);
  const pages = startPagesThread();
  const opened: { close: () => Promise<void> }[] = [];
  const close = async () => {
    await pages.stop();
    for (const each of opened.toReversed()) await each.close();
  };
  try {
    const store = await openStore(settings);
    opened.push(store);
    const api = await openApiOver(store, settings, `${own}/api/auth/jwks`);
    opened.push(api);
    const told = { databaseUrl: store.url, apiUrl: settings.apiUrl ?? own };
    const answerPages = namingClients(await pages.serve(told, settings), settings.trustProxy);
    const answerCalls = apiListener(withHealthOf(pages, api.handle), settings);
    const listener = route({
      "/api/auth/": answerPages,
      "/_next/image": closed,
      "/api/": settings.apiUrl ? namingClients(answerCalls, settings.trustProxy) : answerCalls,
      "/": answerPages,
    });
    return { listener, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** No page has images that are to be resized, and whoever asks for some makes work. */
const closed: Listener = (_, response) => response.writeHead(404).end();

/** The host is not well while its pages are not. */
const withHealthOf =
  (pages: PagesThread, handle: Handle): Handle =>
  (request, url) =>
    url.pathname === HEALTH_PATH && !pages.serves()
      ? Promise.resolve(
          refuse("unavailable", "The pages are being started again.", {
            request,
            headers: { "Retry-After": "2" },
          }),
        )
      : handle(request, url);

/** While developing all is in one thread: Next's development server has the connections themselves. */
async function openTogether(settings: Settings, { http }: HostServer): Promise<Opened> {
  const [{ openPages }, { services }] = await Promise.all([
    import("./src/host/pages.ts"),
    import("./src/services.ts"),
  ]);
  const listener = await openPages({ dev: true, httpServer: http });
  return {
    listener: namingClients(listener, settings.trustProxy),
    close: async () => (await services()).close(),
  };
}

/** Serves until a signal says stop. Rejects, with one sentence to show, where it cannot start. */
export async function serve({ dev = false, isSecretFresh = false } = {}): Promise<void> {
  const { settings, stop } = await startServer({ dev, isSecretFresh });
  // While developing, people read what Next and React print as it is, and hold the process with debuggers.
  if (!dev) {
    captureConsole();
    watchMainThread();
  }
  process.stdout.write(banner(settings));
  stopOnSignals(stop);
}
