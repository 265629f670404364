// `npm start`: everything from a fresh clone to a running app, in one process that owns the rest.
import { existsSync } from "node:fs";
import {
  checkNode,
  forTheReader,
  install,
  root,
  SetupError,
  stopWithNpm,
  turbo,
  writeEnv,
} from "./lib/setup.mjs";

const dev = process.argv.includes("--dev");
/** @type {(() => void) | undefined} */
let removeEnv;

try {
  checkNode();
  stopWithNpm();
  process.chdir(root);
  process.env.NODE_ENV = dev ? "development" : "production";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  removeEnv = writeEnv();
  await install();
  const built = "apps/web/.host/server.mjs";
  if (dev || !existsSync(built)) {
    const readNoMore = (await import("tsx/esm/api")).register();
    // Before the first build: who has a setting to mend should not wait for it.
    const { readSettings } = await import("../apps/web/src/env.ts");
    readSettings();
    if (!dev) await readNoMore();
  }
  if (!dev) console.log("Building (a minute or two, where nothing is built yet) …");
  await turbo(...(dev ? ["generate"] : ["build", "--filter=@taskbridge/web"])).catch(() => {
    throw new SetupError("The build failed; its messages are above.");
  });

  // What the log says of a place in the code is said of the source.
  process.setSourceMapsEnabled(true);
  const { serve } = await import(dev ? "../apps/web/server.ts" : `../${built}`);
  await serve({ dev, isSecretFresh: removeEnv !== undefined });
} catch (error) {
  // The next start is to say the same, and not to sign everybody out.
  if (error?.name === "SecretLostError") removeEnv?.();
  console.error(forTheReader(error));
  process.exit(1);
}
