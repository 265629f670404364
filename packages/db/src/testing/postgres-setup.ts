import type { TestProject } from "vitest/node";
import { preparePostgresBase } from "./test-base.ts";
import { startTestServer } from "./test-server.ts";

/** Vitest's global set-up of the project that runs on a PostgreSQL server of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  if (!server) throw new Error("No PostgreSQL server programs were found.");
  try {
    const { base } = await preparePostgresBase(server.url);
    project.provide("testBase", base);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server.stop;
}
