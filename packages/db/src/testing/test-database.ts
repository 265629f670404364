import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { inject } from "vitest";
import { bareClient, createDb, type Db } from "../client.ts";
import type { PrismaClient } from "../generated/client.ts";
import { createPglite } from "../pglite.ts";
import { servePrivately } from "../private-server.ts";
import { administer, onDatabase, owner, type TestBase } from "./test-base.ts";

declare module "vitest" {
  interface ProvidedContext {
    testBase: TestBase;
  }
}

export interface TestDatabase {
  readonly kind: TestBase["kind"];
  readonly url: string;
  readonly db: Db;
  /** Looks past all owners, and past the policies of an ordinary one. */
  readonly client: PrismaClient;
  /** Closes `db` and removes the database. */
  drop(): Promise<void>;
}

/** A migrated, empty database of one's own, of the kind that the Vitest project runs on. */
export const testDatabase = (): Promise<TestDatabase> => createTestDatabase(inject("testBase"));

export async function createTestDatabase(base: TestBase): Promise<TestDatabase> {
  const { url, remove } = await (base.kind === "postgres"
    ? copyTemplate(base.serverUrl, base.template)
    : loadDump(base.dump));
  const db = createDb(url);
  return {
    kind: base.kind,
    url,
    db,
    client: bareClient(db),
    drop: async () => {
      await db.close();
      await remove();
    },
  };
}

async function copyTemplate(serverUrl: string, template: string) {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await administer(serverUrl, `CREATE DATABASE "${name}" OWNER "${owner}" TEMPLATE "${template}"`);
  return {
    url: onDatabase(serverUrl, name),
    remove: () => administer(serverUrl, `DROP DATABASE "${name}" WITH (FORCE)`),
  };
}

async function loadDump(dump: string) {
  const loadDataDir = new Blob([await readFile(dump)]);
  const { url, close } = await servePrivately(await createPglite({ loadDataDir }));
  return { url, remove: close };
}
