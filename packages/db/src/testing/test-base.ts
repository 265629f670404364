import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { applyMigrations } from "../migrate.ts";
import { createPglite } from "../pglite.ts";
import { servePrivately } from "../private-server.ts";

/** What test databases are made from, migrated once. Plain data: it travels to Vitest's workers. */
export type TestBase =
  | { readonly kind: "postgres"; readonly serverUrl: string; readonly template: string }
  | { readonly kind: "embedded"; readonly dump: string };

export interface PreparedBase {
  readonly base: TestBase;
  remove(): Promise<void>;
}

/** Owns the test databases: no superuser, as nobody's should be. */
export const owner = "taskbridge";

/** Migrates a template database on a server. */
export async function preparePostgresBase(serverUrl: string): Promise<PreparedBase> {
  const template = "taskbridge_template";
  await administer(serverUrl, `CREATE ROLE "${owner}" LOGIN CREATEROLE`);
  await administer(serverUrl, `CREATE DATABASE "${template}" OWNER "${owner}"`);
  await applyMigrations(onDatabase(serverUrl, template));
  return {
    base: { kind: "postgres", serverUrl, template },
    remove: () => administer(serverUrl, `DROP DATABASE "${template}"`),
  };
}

/** Migrates a PGlite in memory and dumps it to a file. */
export async function prepareEmbeddedBase(): Promise<PreparedBase> {
  const pglite = await createPglite();
  const server = await servePrivately(pglite);
  const dir = await mkdtemp(join(tmpdir(), "taskbridge-test-"));
  const dump = join(dir, "base.tar");
  await applyMigrations(server.url);
  const data = await pglite.dumpDataDir("none");
  await writeFile(dump, Buffer.from(await data.arrayBuffer()));
  await server.close();
  return {
    base: { kind: "embedded", dump },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

/** Runs one statement as the superuser, on a connection of its own. */
export async function administer(serverUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** The address of a database, for its owner. */
export function onDatabase(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.username = owner;
  url.pathname = `/${database}`;
  return url.href;
}
