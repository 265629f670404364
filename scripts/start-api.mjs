// `npm run start:api`: the API's own host, on the database of a web host that runs elsewhere.
import {
  checkNode,
  forTheReader,
  install,
  root,
  SetupError,
  stopWithNpm,
  turbo,
} from "./lib/setup.mjs";

try {
  checkNode();
  stopWithNpm();
  process.chdir(root);
  process.env.NODE_ENV = "production";
  await install();
  await turbo("build", "--filter=@taskbridge/api-host").catch(() => {
    throw new SetupError("The build failed; its messages are above.");
  });

  process.setSourceMapsEnabled(true);
  const { serve } = await import("../apps/api/.host/server.mjs");
  await serve();
} catch (error) {
  console.error(forTheReader(error));
  process.exit(1);
}
