import { randomUUID } from "node:crypto";
import { PGlite } from "@electric-sql/pglite";
import { inject } from "vitest";
import { servePrivately } from "../../src/private-server.ts";
import { administer, onDatabase } from "../../src/testing/test-base.ts";

/** A database without tables, of the project's kind. */
export async function emptyDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const base = inject("testBase");
  if (base.kind === "embedded") {
    const { url, close } = await servePrivately(await PGlite.create());
    return { url, drop: close };
  }
  const name = `empty_${randomUUID().replaceAll("-", "")}`;
  await administer(base.serverUrl, `CREATE DATABASE "${name}"`);
  return {
    url: onDatabase(base.serverUrl, name),
    drop: () => administer(base.serverUrl, `DROP DATABASE "${name}" WITH (FORCE)`),
  };
}
