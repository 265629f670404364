import {
  createTestDatabase,
  prepareEmbeddedBase,
  preparePostgresBase,
  startTestServer,
} from "@taskbridge/db/testing";
import { inject } from "vitest";

export interface OwnDatabase {
  /** A socket's address. */
  url: string;
  remove: () => Promise<void>;
}

/** A database of the project's kind that a test file has to itself, for several processes. */
export async function ownDatabase(): Promise<OwnDatabase> {
  const undo: (() => Promise<unknown>)[] = [];
  const server = inject("appDatabase") === "postgres" ? await startTestServer() : null;
  if (server) undo.push(server.stop);
  const { base, remove } = await (server ? preparePostgresBase(server.url) : prepareEmbeddedBase());
  undo.push(remove);
  const { url, drop } = await createTestDatabase(base);
  undo.push(drop);
  return {
    url,
    remove: async () => {
      for (const step of undo.reverse()) await step();
    },
  };
}
