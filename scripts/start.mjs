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
  await turbo(dev ? "generate" : "build").catch(() => {
    throw new SetupError("The build failed; its messages are above.");
  });

  (await import("tsx/esm/api")).register();
  const { serve } = await import("../apps/web/server.ts");
  await serve({ dev });
} catch (error) {
  console.error(forTheReader(error));
  process.exit(1);
}
