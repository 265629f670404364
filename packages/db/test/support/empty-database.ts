import { inject } from "vitest";
import { createTestDatabase } from "../../src/testing/index.ts";

/** A database without tables, of the project's kind. */
export async function emptyDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const { client, url, drop } = await createTestDatabase(inject("testBase"));
  await client.$executeRawUnsafe("DROP SCHEMA public CASCADE");
  await client.$executeRawUnsafe("CREATE SCHEMA public");
  return { url, drop };
}
