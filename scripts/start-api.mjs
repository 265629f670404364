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
  process.chdir(root);
  process.env.NODE_ENV = "production";
  await install();
  await turbo("generate").catch(() => {
    throw new SetupError("The Prisma client could not be generated; the messages are above.");
  });

  (await import("tsx/esm/api")).register();
  const { serve } = await import("../apps/api/server.ts");
  await serve();
  stopWithNpm();
} catch (error) {
  console.error(forTheReader(error));
  process.exit(1);
}
