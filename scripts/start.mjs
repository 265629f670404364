// `npm start`: everything from a fresh clone to a running app, in one process that owns the rest.
import {
  checkNode,
  forTheReader,
  install,
  root,
  SetupError,
  turbo,
  writeEnv,
} from "./lib/setup.mjs";

const dev = process.argv.includes("--dev");

try {
  checkNode();
  process.chdir(root);
  process.env.NODE_ENV = dev ? "development" : "production";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  writeEnv();
  await install();
  (await import("tsx/esm/api")).register();
  // Before the build: who has a setting to mend should not wait for it.
  const { readSettings } = await import("../apps/web/src/env.ts");
  readSettings();
  await turbo(dev ? "generate" : "build").catch(() => {
    throw new SetupError("The build failed; its messages are above.");
  });

  const { serve } = await import("../apps/web/server.ts");
  await serve({ dev });
  stopWithNpm();
} catch (error) {
  console.error(forTheReader(error));
  process.exit(1);
}

/**
 * npm ends on SIGTERM without passing it on, and would leave this process behind with the port and
 * the data. Its parent changes then.
 */
function stopWithNpm() {
  if (!process.env.npm_lifecycle_event || process.platform === "win32") return;
  const npm = process.ppid;
  setInterval(() => {
    if (process.ppid !== npm) process.kill(process.pid, "SIGTERM");
  }, 250).unref();
}
