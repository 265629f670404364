import {
  createTestDatabase,
  prepareEmbeddedBase,
  preparePostgresBase,
  startTestServer,
} from "@taskbridge/db/testing";
import { inject } from "vitest";

/** A database of the project's kind that a test file has to itself; its address is a socket's. */
export async function ownDatabase(): Promise<{ url: string; remove: () => Promise<void> }> {
  const server = inject("appDatabase") === "postgres" ? await startTestServer() : null;
  const { base, remove } = await (server ? preparePostgresBase(server.url) : prepareEmbeddedBase());
  const { url, drop } = await createTestDatabase(base);
  return {
    url,
    remove: async () => {
      await drop();
      await remove();
      await server?.stop();
    },
  };
}
