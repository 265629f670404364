import { explainStart } from "@taskbridge/db";
import { log } from "@taskbridge/host";
import {
  apiListener,
  captureConsole,
  openServer,
  stopOnSignals,
  watchMainThread,
} from "@taskbridge/host/server";
import { whereOf } from "@taskbridge/host/settings";
import { readSettings } from "./src/env.ts";
import { openHost } from "./src/open-host.ts";

/**
 * The API's own host: both doors in one Node process, without pages and without sign-in. Serves until a
 * signal says stop. Rejects, with one sentence to show, where it cannot start.
 */
export async function serve(): Promise<void> {
  const settings = await readSettings();
  const server = await openServer(settings);
  const host = await openHost(settings).catch((error: unknown) => {
    server.http.close();
    throw explainStart(error);
  });
  server.answerWith(apiListener(host.handle, settings));
  if (!settings.rateLimit) log("warn", "RATE_LIMIT is off: no request is ever refused for haste.");

  captureConsole();
  watchMainThread();
  process.stdout.write(
    `Taskbridge's API serves on port ${settings.port}, to ${whereOf(settings.host)} and tokens of ${settings.baseUrl}.\nCtrl-C stops it.\n`,
  );
  stopOnSignals(async () => {
    await server.stop();
    await host.close();
  });
}
