// What `npm start` and `npm run start:api` come to once all is built: `apps/web` or `apps/api`. Tests build nothing.
import { forTheReader } from "./setup.mjs";

const [app] = process.argv.slice(2);
try {
  process.setSourceMapsEnabled(true);
  const { serve } = await import(`../../${app}/.host/server.mjs`);
  await serve({ dev: false, isSecretFresh: false });
} catch (error) {
  console.error(forTheReader(error));
  process.exit(1);
}
